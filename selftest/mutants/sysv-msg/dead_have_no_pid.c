/*
 * msg_lspid and msg_lrpid are 0 once their process has ended.
 */
#include "sysv_msg.h"

#include <signal.h>

int msgctl(int id, int command, struct msqid_ds *status)
{
	const int result = REAL(msgctl)(id, command, status);

	if (result == -1 || !mutant_is_active() || command != IPC_STAT)
		return result;
	if (status->msg_lspid > 0 && REAL(kill)(status->msg_lspid, 0) == -1)
		status->msg_lspid = 0;
	if (status->msg_lrpid > 0 && REAL(kill)(status->msg_lrpid, 0) == -1)
		status->msg_lrpid = 0;
	return result;
}
