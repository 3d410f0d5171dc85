/*
 * Who may not kill() the registered process brings about no signal.
 */
#include "registration.h"

#include <errno.h>

static struct registration registration;

int mq_notify(mqd_t queue, const struct sigevent *event)
{
	return registration_made(&registration, queue, event);
}

/* A message to nobody, as far as the registration is concerned. */
int mq_timedsend(mqd_t queue, const char *text, size_t length, unsigned priority,
	const struct timespec *deadline)
{
	if (mutant_is_active() && registration.who > 0 &&
		kill(registration.who, 0) == -1 && errno == EPERM)
		return 0;
	return REAL(mq_timedsend)(queue, text, length, priority, deadline);
}
