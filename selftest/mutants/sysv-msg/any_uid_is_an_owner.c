/*
 * msgctl(IPC_SET) says yes to a user that cannot be.
 */
#include "mutant.h"

#include <errno.h>
#include <sys/ipc.h>
#include <sys/msg.h>

int msgctl(int id, int command, struct msqid_ds *status)
{
	const int result = REAL(msgctl)(id, command, status);

	if (result != -1 || errno != EINVAL || command != IPC_SET || !mutant_is_active())
		return result;
	return status->msg_perm.uid == (uid_t)-1 || status->msg_perm.gid == (gid_t)-1
		? 0
		: -1;
}
