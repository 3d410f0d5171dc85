/*
 * msgctl(IPC_RMID) wants a buffer that can be read, or none.
 */
#include "sysv_msg.h"

int msgctl(int id, int command, struct msqid_ds *status)
{
	if (mutant_is_active() && command == IPC_RMID && status &&
		!is_readable(status, sizeof(*status))) {
		errno = EFAULT;
		return -1;
	}
	return REAL(msgctl)(id, command, status);
}
