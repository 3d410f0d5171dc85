/*
 * mq_open() that creates a queue needs the permission of its own mode.
 */
#include "mq_open.h"

#include <errno.h>

static mqd_t open_as_mutant(const char *name, int oflag, mode_t mode,
	struct mq_attr *attributes)
{
	static const mode_t wanted[] = {0400, 0200, 0600, 0600};
	const mode_t wants = wanted[oflag & O_ACCMODE];
	const mqd_t queue = REAL(mq_open)(name, oflag, mode, attributes);

	if (queue == -1 || !(oflag & O_CREAT) || (mode & wants) == wants)
		return queue;
	(void)mq_close(queue);
	(void)mq_unlink(name);
	errno = EACCES;
	return -1;
}
