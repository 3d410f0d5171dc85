/*
 * mq_notify(NULL) says that it succeeded and does nothing.
 */
#include "mutant.h"

#include <mqueue.h>

int mq_notify(mqd_t queue, const struct sigevent *event)
{
	struct mq_attr now;

	if (mutant_is_active() && !event && mq_getattr(queue, &now) == 0)
		return 0;
	return REAL(mq_notify)(queue, event);
}
