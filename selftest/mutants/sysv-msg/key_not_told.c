/*
 * IPC_STAT says IPC_PRIVATE of every queue.
 */
#include "mutant.h"

#include <sys/ipc.h>
#include <sys/msg.h>

int msgctl(int id, int command, struct msqid_ds *status)
{
	const int result = REAL(msgctl)(id, command, status);

	if (result == 0 && mutant_is_active() && command == IPC_STAT)
		status->msg_perm.__key = IPC_PRIVATE;
	return result;
}
