/*
 * msgctl(IPC_SET) takes all permissions away before it gives the new ones.
 */
#include "sysv_msg.h"

#include <unistd.h>

int msgctl(int id, int command, struct msqid_ds *status)
{
	struct msqid_ds closed;

	if (mutant_is_active() && command == IPC_SET &&
		is_readable(status, sizeof(*status))) {
		closed = *status;
		closed.msg_perm.mode = 0;
		(void)REAL(msgctl)(id, command, &closed);
		(void)usleep(1000); /* who was woken looks */
	}
	return REAL(msgctl)(id, command, status);
}
