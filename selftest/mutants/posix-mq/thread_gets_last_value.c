/*
 * There is one place for the function and the value of SIGEV_THREAD: the last that were asked
 * for are those of all queues.
 */
#include "mutant.h"

#include <mqueue.h>
#include <signal.h>

static struct sigevent last;

static void call(union sigval unused)
{
	(void)unused;
	last.sigev_notify_function(last.sigev_value);
}

int mq_notify(mqd_t queue, const struct sigevent *event)
{
	struct sigevent other;

	if (!mutant_is_active() || !event || event->sigev_notify != SIGEV_THREAD)
		return REAL(mq_notify)(queue, event);
	last = other = *event;
	other.sigev_notify_function = call;
	return REAL(mq_notify)(queue, &other);
}
