/*
 * mq_open() takes O_NONBLOCK from the attributes too.
 */
#include "mq_open.h"

static mqd_t open_as_mutant(const char *name, int oflag, mode_t mode,
	struct mq_attr *attributes)
{
	const mqd_t queue = REAL(mq_open)(name, oflag, mode, attributes);

	if (queue != -1 && attributes && attributes->mq_flags & O_NONBLOCK)
		(void)mq_setattr(queue, attributes, NULL);
	return queue;
}
