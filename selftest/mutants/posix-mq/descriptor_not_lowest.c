/*
 * mq_open() does not take the lowest free descriptor.
 */
#include "mq_open.h"

#include <unistd.h>

static mqd_t open_as_mutant(const char *name, int oflag, mode_t mode,
	struct mq_attr *attributes)
{
	const mqd_t queue = REAL(mq_open)(name, oflag, mode, attributes);

	if (queue == -1)
		return -1;
	const mqd_t higher = fcntl(queue, F_DUPFD_CLOEXEC, 32);
	(void)close(queue);
	return higher;
}
