/*
 * msgctl(IPC_SET) by anybody says that it changed the queue.
 */
#include "sysv_msg.h"

#include <unistd.h>

int msgctl(int id, int command, struct msqid_ds *status)
{
	const int result = REAL(msgctl)(id, command, status);
	const uid_t user = geteuid();

	if (result != -1 || errno != EPERM || command != IPC_SET || !mutant_is_active())
		return result;
	const struct ipc_perm owned = look(id).msg_perm;
	return user == owned.uid || user == owned.cuid ? -1 : 0;
}
