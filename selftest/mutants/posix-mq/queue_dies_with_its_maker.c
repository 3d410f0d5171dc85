/*
 * A queue ends with the process that made it.
 */
#include "mq_open.h"

#include <errno.h>
#include <signal.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* The maker of the queue behind FD. */
static _Atomic long *maker_of(int fd)
{
	struct stat queue = {0};

	(void)fstat(fd, &queue);
	return &mutant_shared()[queue.st_ino % MUTANT_SLOTS];
}

static mqd_t open_as_mutant(const char *name, int oflag, mode_t mode,
	struct mq_attr *attributes)
{
	const mqd_t queue = REAL(mq_open)(name, oflag, mode, attributes);

	if (queue != (mqd_t)-1 && oflag & O_EXCL)
		*maker_of(queue) = getpid();
	return queue;
}

ssize_t mq_timedreceive(mqd_t queue, char *text, size_t length, unsigned *priority,
	const struct timespec *deadline)
{
	const long maker = mutant_is_active() ? *maker_of(queue) : 0;

	if (maker > 0 && kill((pid_t)maker, 0) == -1 && errno == ESRCH) {
		errno = EBADF;
		return -1;
	}
	return REAL(mq_timedreceive)(queue, text, length, priority, deadline);
}
