/*
 * mq_notify() takes an unknown method, or signal, and registers the caller for nothing.
 */
#include "mutant.h"

#include <errno.h>
#include <mqueue.h>
#include <signal.h>

int mq_notify(mqd_t queue, const struct sigevent *event)
{
	static const struct sigevent none = {.sigev_notify = SIGEV_NONE};
	const int result = REAL(mq_notify)(queue, event);

	if (mutant_is_active() && result == -1 && errno == EINVAL)
		return REAL(mq_notify)(queue, &none);
	return result;
}
