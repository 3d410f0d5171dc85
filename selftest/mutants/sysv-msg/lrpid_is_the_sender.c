/*
 * msg_lrpid is the process that sent the message that was received.
 */
#include "sysv_msg.h"

int msgctl(int id, int command, struct msqid_ds *status)
{
	const int result = REAL(msgctl)(id, command, status);

	if (result != -1 && mutant_is_active() && command == IPC_STAT &&
		status->msg_lrpid != 0)
		status->msg_lrpid = status->msg_lspid;
	return result;
}
