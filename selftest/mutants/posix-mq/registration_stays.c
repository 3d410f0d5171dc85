/*
 * A registration is not used up by the message that it told of.
 */
#include "registration.h"

static struct registration registration;

int mq_notify(mqd_t queue, const struct sigevent *event)
{
	return registration_made(&registration, queue, event);
}

int mq_timedsend(mqd_t queue, const char *text, size_t length, unsigned priority,
	const struct timespec *deadline)
{
	const int result = REAL(mq_timedsend)(queue, text, length, priority, deadline);

	/* Fails with EBUSY where it was not used up. */
	if (result == 0 && registration_is_own(&registration) &&
		registration.event.sigev_notify != SIGEV_THREAD)
		(void)REAL(mq_notify)(registration.queue, &registration.event);
	return result;
}
