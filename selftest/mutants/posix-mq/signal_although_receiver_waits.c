/*
 * A message that goes to a blocked receiver is told of all the same.
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

	if (result == 0 && registration_is_own(&registration) && messages_in(queue) == 0)
		(void)raise(registration.event.sigev_signo);
	return result;
}
