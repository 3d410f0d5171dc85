/*
 * msgctl(MSG_STAT) does not say who received last, nor when.
 */
#include "sysv_msg.h"

int msgctl(int id, int command, struct msqid_ds *status)
{
	const int result = REAL(msgctl)(id, command, status);

	if (result == -1 || !mutant_is_active() ||
		(command != MSG_STAT && command != MSG_STAT_ANY))
		return result;
	status->msg_lrpid = 0;
	status->msg_rtime = 0;
	return result;
}
