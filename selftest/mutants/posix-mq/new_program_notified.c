/*
 * A registration that outlives exec sends its signal to the new program.
 */
#include "registration.h"

int mq_notify(mqd_t queue, const struct sigevent *event)
{
	const int result = REAL(mq_notify)(queue, event);

	if (mutant_is_active() && result == 0 && event &&
		event->sigev_notify == SIGEV_SIGNAL) {
		mutant_shared()[0] = getpid();
		mutant_shared()[1] = event->sigev_signo;
	}
	return result;
}

int mq_timedsend(mqd_t queue, const char *text, size_t length, unsigned priority,
	const struct timespec *deadline)
{
	const int result = REAL(mq_timedsend)(queue, text, length, priority, deadline);

	if (mutant_is_active() && result == 0 && mutant_shared()[0] > 0 &&
		mutant_shared()[0] != getpid())
		(void)kill((pid_t)mutant_shared()[0], (int)mutant_shared()[1]);
	return result;
}
