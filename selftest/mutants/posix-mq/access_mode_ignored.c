/*
 * A descriptor sends and receives, whatever the access mode with which it was opened.
 */
#include "mq_open.h"

#include <stdio.h>
#include <unistd.h>

static mqd_t open_as_mutant(const char *name, int oflag, mode_t mode,
	struct mq_attr *attributes)
{
	char path[32];
	const mqd_t queue = REAL(mq_open)(name, oflag, mode, attributes);

	(void)snprintf(path, sizeof(path), "/proc/self/fd/%d", queue);
	const int both =
		queue == -1 ? -1 : open(path, O_RDWR | (oflag & O_NONBLOCK) | O_CLOEXEC);
	if (both != -1) {
		(void)dup3(both, queue, O_CLOEXEC);
		(void)close(both);
	}
	return queue;
}
