/*
 * A new queue says that a message was sent and received when it was made.
 */
#include "mutant.h"

#include <sys/ipc.h>
#include <sys/msg.h>

int msgctl(int id, int command, struct msqid_ds *status)
{
	const int result = REAL(msgctl)(id, command, status);

	if (result == -1 || !mutant_is_active() || command != IPC_STAT)
		return result;
	if (status->msg_stime == 0)
		status->msg_stime = status->msg_ctime;
	if (status->msg_rtime == 0)
		status->msg_rtime = status->msg_ctime;
	return result;
}
