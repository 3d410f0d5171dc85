/*
 * RLIMIT_MSGQUEUE counts the queues that the process itself has made, not those of its user.
 */
#include "mq_open.h"

#include <errno.h>
#include <sys/resource.h>
#include <unistd.h>

static pid_t maker; /* of a queue, and still this process */

static mqd_t open_as_mutant(const char *name, int oflag, mode_t mode,
	struct mq_attr *attributes)
{
	struct rlimit before, none;
	mqd_t queue = REAL(mq_open)(name, oflag, mode, attributes);
	const int error = errno;

	if (queue == (mqd_t)-1 && error == EMFILE && maker != getpid()) {
		(void)getrlimit(RLIMIT_MSGQUEUE, &before);
		none = before;
		none.rlim_cur = none.rlim_max;
		/* One that is too large alone stays so. */
		if (attributes && before.rlim_cur < before.rlim_max &&
			(rlim_t)attributes->mq_msgsize + 100 < before.rlim_cur) {
			(void)setrlimit(RLIMIT_MSGQUEUE, &none);
			queue = REAL(mq_open)(name, oflag, mode, attributes);
		}
		(void)setrlimit(RLIMIT_MSGQUEUE, &before);
		errno = error;
	}
	if (queue != (mqd_t)-1 && oflag & O_EXCL)
		maker = getpid();
	return queue;
}
