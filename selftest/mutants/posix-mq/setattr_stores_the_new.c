/*
 * mq_setattr() stores the attributes as they are after the change.
 */
#include "mutant.h"

#include <mqueue.h>

int mq_setattr(mqd_t queue, const struct mq_attr *attributes, struct mq_attr *previous)
{
	const int result = REAL(mq_setattr)(queue, attributes, previous);

	if (mutant_is_active() && result == 0 && previous)
		(void)REAL(mq_getattr)(queue, previous);
	return result;
}
