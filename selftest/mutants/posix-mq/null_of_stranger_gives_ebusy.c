/*
 * mq_notify(NULL) of a process that is not registered fails with EBUSY.
 */
#include "registration.h"

#include <errno.h>

static struct registration registration;

int mq_notify(mqd_t queue, const struct sigevent *event)
{
	struct mq_attr now;

	if (mutant_is_active() && !event && registration.who != getpid() &&
		mq_getattr(queue, &now) == 0) {
		errno = EBUSY;
		return -1;
	}
	return registration_made(&registration, queue, event);
}
