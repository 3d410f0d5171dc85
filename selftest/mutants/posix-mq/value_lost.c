/*
 * The signal does not bring the value of the registration.
 */
#include "mutant.h"

#include <mqueue.h>
#include <signal.h>
#include <string.h>

int mq_notify(mqd_t queue, const struct sigevent *event)
{
	struct sigevent other;

	if (!mutant_is_active() || !event || event->sigev_notify != SIGEV_SIGNAL)
		return REAL(mq_notify)(queue, event);
	other = *event;
	memset(&other.sigev_value, 0, sizeof(other.sigev_value));
	return REAL(mq_notify)(queue, &other);
}
