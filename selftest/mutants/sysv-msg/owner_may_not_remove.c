/*
 * Only the creator may remove a queue, not its new owner.
 */
#include "sysv_msg.h"

#include <unistd.h>

int msgctl(int id, int command, struct msqid_ds *status)
{
	const struct ipc_perm owned = look(id).msg_perm;

	if (mutant_is_active() && command == IPC_RMID && owned.uid != owned.cuid &&
		geteuid() == owned.uid) {
		errno = EPERM;
		return -1;
	}
	return REAL(msgctl)(id, command, status);
}
