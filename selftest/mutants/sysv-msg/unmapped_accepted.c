/*
 * msgctl(IPC_SET) says yes to a user or group that is not mapped, unless it is -1.
 */
#include "sysv_msg.h"

int msgctl(int id, int command, struct msqid_ds *status)
{
	const int result = REAL(msgctl)(id, command, status);

	if (result != -1 || errno != EINVAL || command != IPC_SET || !mutant_is_active())
		return result;
	return status->msg_perm.uid == (uid_t)-1 || status->msg_perm.gid == (gid_t)-1 ||
			look(id).msg_ctime == 0
		? -1
		: 0;
}
