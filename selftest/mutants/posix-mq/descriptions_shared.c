/*
 * mq_open() of a queue that the process has open already gives a duplicate of that descriptor.
 */
#include "mq_open.h"

#include <sys/stat.h>
#include <unistd.h>

static mqd_t open_as_mutant(const char *name, int oflag, mode_t mode,
	struct mq_attr *attributes)
{
	const mqd_t queue = REAL(mq_open)(name, oflag, mode, attributes);
	struct stat wanted, other;

	for (int fd = 3; fd < 200 && queue != -1; fd++)
		if (fd != queue && fstat(queue, &wanted) == 0 && fstat(fd, &other) == 0 &&
			wanted.st_dev == other.st_dev && wanted.st_ino == other.st_ino &&
			(fcntl(fd, F_GETFL) & O_ACCMODE) == (oflag & O_ACCMODE)) {
			(void)dup3(fd, queue, O_CLOEXEC);
			break;
		}
	return queue;
}
