/*
 * The function of SIGEV_THREAD is called twice for one message.
 */
#include "mutant.h"

#include <mqueue.h>
#include <signal.h>

static void (*asked_for)(union sigval);

static void twice(union sigval value)
{
	void (*const function)(union sigval) = asked_for;

	function(value);
	function(value);
}

int mq_notify(mqd_t queue, const struct sigevent *event)
{
	struct sigevent other;

	if (!mutant_is_active() || !event || event->sigev_notify != SIGEV_THREAD)
		return REAL(mq_notify)(queue, event);
	other = *event;
	asked_for = event->sigev_notify_function;
	other.sigev_notify_function = twice;
	return REAL(mq_notify)(queue, &other);
}
