/*
 * SIGEV_SIGNAL is taken for SIGEV_NONE.
 */
#include "mutant.h"

#include <mqueue.h>
#include <signal.h>

int mq_notify(mqd_t queue, const struct sigevent *event)
{
	static const struct sigevent none = {.sigev_notify = SIGEV_NONE};

	if (mutant_is_active() && event && event->sigev_notify == SIGEV_SIGNAL &&
		event->sigev_signo > 0 && event->sigev_signo <= SIGRTMAX)
		event = &none;
	return REAL(mq_notify)(queue, event);
}
