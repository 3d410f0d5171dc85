/*
 * msgctl(IPC_RMID) by anybody says that it removed the queue.
 */
#include "mutant.h"

#include <errno.h>
#include <sys/ipc.h>
#include <sys/msg.h>

int msgctl(int id, int command, struct msqid_ds *status)
{
	const int result = REAL(msgctl)(id, command, status);

	return result == -1 && errno == EPERM && command == IPC_RMID && mutant_is_active()
		? 0
		: result;
}
