/*
 * msgctl(MSG_STAT) does not look at the mode.
 */
#include "sysv_msg.h"

int msgctl(int id, int command, struct msqid_ds *status)
{
	return REAL(msgctl)(id,
		mutant_is_active() && command == MSG_STAT ? MSG_STAT_ANY : command,
		status);
}
