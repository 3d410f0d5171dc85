/*
 * A registration whose signal is ignored is not used up.
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
	struct sigaction now;

	if (result == 0 && registration_is_own(&registration) &&
		registration.event.sigev_signo > 0 &&
		sigaction(registration.event.sigev_signo, NULL, &now) == 0 &&
		now.sa_handler == SIG_IGN)
		(void)REAL(mq_notify)(registration.queue, &registration.event);
	return result;
}
