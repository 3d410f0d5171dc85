/*
 * msgctl(IPC_SET) leaves the group of the queue.
 */
#include "sysv_msg.h"

int msgctl(int id, int command, struct msqid_ds *status)
{
	const gid_t group = look(id).msg_perm.gid;
	const int result = REAL(msgctl)(id, command, status);

	if (result == 0 && command == IPC_SET && mutant_is_active()) {
		struct msqid_ds set = *status;
		set.msg_perm.gid = group;
		(void)REAL(msgctl)(id, IPC_SET, &set);
	}
	return result;
}
