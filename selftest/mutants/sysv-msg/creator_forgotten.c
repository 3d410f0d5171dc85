/*
 * The creator of a queue that belongs to another user has the bits of the others.
 */
#include "sysv_msg.h"

#include <unistd.h>

int msgsnd(int id, const void *message, size_t size, int flags)
{
	const struct msqid_ds queue = look(id);
	const uid_t user = geteuid();

	if (mutant_is_active() && user == queue.msg_perm.cuid &&
		user != queue.msg_perm.uid && !(queue.msg_perm.mode & 0002)) {
		errno = EACCES;
		return -1;
	}
	return REAL(msgsnd)(id, message, size, flags);
}
