/*
 * mq_notify(NULL) ends the registration of whoever has it.
 */
#include "registration.h"

static struct registration registration;

int mq_notify(mqd_t queue, const struct sigevent *event)
{
	if (mutant_is_active() && !event && registration.who != getpid())
		mutant_shared()[0] = 1;
	return registration_made(&registration, queue, event);
}

/* The owner carries it out, before it can matter. */
int mq_timedsend(mqd_t queue, const char *text, size_t length, unsigned priority,
	const struct timespec *deadline)
{
	if (registration_is_own(&registration) && mutant_shared()[0])
		(void)REAL(mq_notify)(registration.queue, NULL);
	return REAL(mq_timedsend)(queue, text, length, priority, deadline);
}
