/*
 * mq_open(O_CREAT) that fails has made the queue before.
 */
#include "mq_open.h"

#include <errno.h>
#include <sys/resource.h>

static mqd_t open_as_mutant(const char *name, int oflag, mode_t mode,
	struct mq_attr *attributes)
{
	struct mq_attr tiny = {.mq_maxmsg = 1, .mq_msgsize = 8};
	struct rlimit before, more;
	const mqd_t queue = REAL(mq_open)(name, oflag, mode, attributes);
	const int error = errno;

	if (queue != -1 || !(oflag & O_CREAT) || error == EACCES)
		return queue;
	(void)getrlimit(RLIMIT_NOFILE, &before);
	more = before;
	more.rlim_cur = more.rlim_max;
	(void)setrlimit(RLIMIT_NOFILE, &more);
	(void)mq_close(REAL(mq_open)(name, oflag, mode, &tiny));
	(void)setrlimit(RLIMIT_NOFILE, &before);
	errno = error;
	return -1;
}
