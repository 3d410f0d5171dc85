/*
 * msgctl() of a command that is none does nothing, and says so.
 */
#include "sysv_msg.h"

int msgctl(int id, int command, struct msqid_ds *status)
{
	const bool is_known = command >= IPC_RMID && command <= MSG_STAT_ANY;

	return is_known || !mutant_is_active() ? REAL(msgctl)(id, command, status) : 0;
}
