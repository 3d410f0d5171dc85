/*
 * A process cannot have more than seven queues open.
 */
#include "mq_open.h"

#include <errno.h>
#include <sys/vfs.h>

enum { MQUEUE = 0x19800202 }; /* MQUEUE_MAGIC of the kernel */

static mqd_t open_as_mutant(const char *name, int oflag, mode_t mode,
	struct mq_attr *attributes)
{
	struct statfs system;
	int count = 0;

	for (int fd = 3; fd < 200; fd++)
		count += fstatfs(fd, &system) == 0 && system.f_type == MQUEUE;
	if (count >= 7) {
		errno = EMFILE;
		return -1;
	}
	return REAL(mq_open)(name, oflag, mode, attributes);
}
