/*
 * mq_open(O_CREAT) of a queue that exists gives it the permission bits of mode.
 */
#include "mq_open.h"

#include <sys/stat.h>

static mqd_t open_as_mutant(const char *name, int oflag, mode_t mode,
	struct mq_attr *attributes)
{
	const mqd_t queue = REAL(mq_open)(name, oflag, mode, attributes);

	if (queue != -1 && oflag & O_CREAT && !(oflag & O_EXCL))
		(void)fchmod(queue, mode);
	return queue;
}
