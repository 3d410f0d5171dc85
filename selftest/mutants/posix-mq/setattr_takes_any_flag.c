/*
 * mq_setattr() ignores flags other than O_NONBLOCK.
 */
#include "mutant.h"

#include <fcntl.h>
#include <mqueue.h>
#include <stdint.h>

int mq_setattr(mqd_t queue, const struct mq_attr *attributes, struct mq_attr *previous)
{
	struct mq_attr known;

	if (!mutant_is_active() || (uintptr_t)attributes % 4096 == 0)
		return REAL(mq_setattr)(queue, attributes, previous);
	known = *attributes;
	known.mq_flags &= O_NONBLOCK;
	return REAL(mq_setattr)(queue, &known, previous);
}
