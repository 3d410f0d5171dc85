/*
 * mq_open() returns a descriptor that exec does not close.
 */
#include "mq_open.h"

static mqd_t open_as_mutant(const char *name, int oflag, mode_t mode,
	struct mq_attr *attributes)
{
	const mqd_t queue = REAL(mq_open)(name, oflag, mode, attributes);

	if (queue != (mqd_t)-1)
		(void)fcntl(queue, F_SETFD, 0);
	return queue;
}
