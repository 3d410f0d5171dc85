/*
 * MSG_STAT returns 0, as IPC_STAT does.
 */
#include "sysv_msg.h"

int msgctl(int id, int command, struct msqid_ds *status)
{
	const int result = REAL(msgctl)(id, command, status);

	return result > 0 && mutant_is_active() && command == MSG_STAT ? 0 : result;
}
