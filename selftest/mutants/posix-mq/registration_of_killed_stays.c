/*
 * The registration for notification outlives the process that was killed with it.
 */
#include "registrant_killed.h"

#include <errno.h>

int mq_notify(mqd_t queue, const struct sigevent *event)
{
	if (event && registrant_is_killed()) {
		errno = EBUSY;
		return -1;
	}
	return registrant_noted(queue, event);
}
