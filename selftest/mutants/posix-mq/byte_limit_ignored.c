/*
 * RLIMIT_MSGQUEUE limits nothing.
 */
#include "mq_open.h"

#include <errno.h>
#include <sys/resource.h>

static mqd_t open_as_mutant(const char *name, int oflag, mode_t mode,
	struct mq_attr *attributes)
{
	struct rlimit before, none;
	mqd_t queue = REAL(mq_open)(name, oflag, mode, attributes);

	if (queue != (mqd_t)-1 || errno != EMFILE)
		return queue;
	(void)getrlimit(RLIMIT_MSGQUEUE, &before);
	if (before.rlim_cur == before.rlim_max)
		return queue; /* it is not the bytes that it lacks */
	none = before;
	none.rlim_cur = none.rlim_max;
	(void)setrlimit(RLIMIT_MSGQUEUE, &none);
	queue = REAL(mq_open)(name, oflag, mode, attributes);
	const int error = errno;
	(void)setrlimit(RLIMIT_MSGQUEUE, &before);
	errno = error;
	return queue;
}
