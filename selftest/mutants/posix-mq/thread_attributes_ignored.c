/*
 * The thread of SIGEV_THREAD is made without the attributes that were asked for.
 */
#include "mutant.h"

#include <mqueue.h>
#include <signal.h>

int mq_notify(mqd_t queue, const struct sigevent *event)
{
	struct sigevent other;

	if (!mutant_is_active() || !event)
		return REAL(mq_notify)(queue, event);
	other = *event;
	if (other.sigev_notify == SIGEV_THREAD)
		other.sigev_notify_attributes = NULL;
	return REAL(mq_notify)(queue, &other);
}
