/*
 * msg_stime and msg_rtime are never set.
 */
#include "sysv_msg.h"

int msgctl(int id, int command, struct msqid_ds *status)
{
	const int result = REAL(msgctl)(id, command, status);

	if (result != -1 && mutant_is_active() && command == IPC_STAT) {
		status->msg_stime = 0;
		status->msg_rtime = 0;
	}
	return result;
}
