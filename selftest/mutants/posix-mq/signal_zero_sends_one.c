/*
 * mq_notify() takes signal 0 and sends signal 1.
 */
#include "mutant.h"

#include <mqueue.h>
#include <signal.h>

int mq_notify(mqd_t queue, const struct sigevent *event)
{
	struct sigevent other;

	if (!mutant_is_active() || !event || event->sigev_notify != SIGEV_SIGNAL ||
		event->sigev_signo != 0)
		return REAL(mq_notify)(queue, event);
	other = *event;
	other.sigev_signo = 1;
	return REAL(mq_notify)(queue, &other);
}
