/*
 * A registration made while there are messages has no effect.
 */
#include "registration.h"

int mq_notify(mqd_t queue, const struct sigevent *event)
{
	if (mutant_is_active() && event && messages_in(queue) > 0)
		return 0;
	return REAL(mq_notify)(queue, event);
}
