/*
 * msgctl(IPC_STAT) does not look at the mode.
 */
#include "sysv_msg.h"

int msgctl(int id, int command, struct msqid_ds *status)
{
	const int result = REAL(msgctl)(id, command, status);

	if (result != -1 || errno != EACCES || command != IPC_STAT || !mutant_is_active())
		return result;
	*status = look(id);
	return 0;
}
