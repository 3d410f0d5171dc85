/*
 * mq_setattr() returns 0 and sets nothing.
 */
#include "mutant.h"

#include <mqueue.h>
#include <stddef.h>

int mq_setattr(mqd_t queue, const struct mq_attr *attributes, struct mq_attr *previous)
{
	struct mq_attr before = {.mq_flags = 0};

	if (mutant_is_active())
		(void)REAL(mq_getattr)(queue, &before);
	const int result = REAL(mq_setattr)(queue, attributes, previous);
	if (mutant_is_active() && result == 0)
		(void)REAL(mq_setattr)(queue, &before, NULL);
	return result;
}
