/*
 * CAP_IPC_OWNER does not open a queue of mode 0.
 */
#include "sysv_msg.h"

int msgsnd(int id, const void *message, size_t size, int flags)
{
	const struct msqid_ds queue = look(id);

	if (mutant_is_active() && queue.msg_qbytes > 0 &&
		(queue.msg_perm.mode & 0777) == 0) {
		errno = EACCES;
		return -1;
	}
	return REAL(msgsnd)(id, message, size, flags);
}
