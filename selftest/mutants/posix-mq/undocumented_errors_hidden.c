/*
 * mq_notify() gives EINVAL for every error that POSIX does not name for it.
 */
#include "mutant.h"

#include <errno.h>
#include <mqueue.h>

int mq_notify(mqd_t queue, const struct sigevent *event)
{
	const int result = REAL(mq_notify)(queue, event);

	if (mutant_is_active() && result == -1 && errno != EBADF && errno != EBUSY)
		errno = EINVAL;
	return result;
}
