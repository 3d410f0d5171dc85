/*
 * The group of a queue's creator has the bits of the others.
 */
#include "sysv_msg.h"

#include <unistd.h>

static bool is_of_creator_group(const struct ipc_perm *queue)
{
	gid_t groups[8] = {0};
	const int count = getgroups(8, groups);
	bool is_in = getegid() == queue->cgid;

	for (int i = 0; i < count; i++)
		is_in = is_in || groups[i] == queue->cgid;
	return is_in && queue->cgid != queue->gid && geteuid() != queue->uid &&
		geteuid() != queue->cuid;
}

int msgsnd(int id, const void *message, size_t size, int flags)
{
	const struct msqid_ds queue = look(id);

	if (mutant_is_active() && is_of_creator_group(&queue.msg_perm) &&
		!(queue.msg_perm.mode & 0002)) {
		errno = EACCES;
		return -1;
	}
	return REAL(msgsnd)(id, message, size, flags);
}
