/*
 * A child gets the signal that its parent has asked for.
 */
#include "registration.h"

static struct registration registration;
static pid_t children[8];
static int count;

int mq_notify(mqd_t queue, const struct sigevent *event)
{
	return registration_made(&registration, queue, event);
}

pid_t fork(void)
{
	const pid_t child = REAL(fork)();

	if (child > 0 && registration_is_own(&registration) && count < 8)
		children[count++] = child;
	return child;
}

int mq_timedsend(mqd_t queue, const char *text, size_t length, unsigned priority,
	const struct timespec *deadline)
{
	const int result = REAL(mq_timedsend)(queue, text, length, priority, deadline);

	if (result == 0 && registration_is_own(&registration))
		for (int i = 0; i < count; i++)
			(void)kill(children[i], registration.event.sigev_signo);
	return result;
}
