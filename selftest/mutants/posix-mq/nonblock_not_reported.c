/*
 * mq_getattr() does not report O_NONBLOCK.
 */
#include "mutant.h"

#include <fcntl.h>
#include <mqueue.h>

int mq_getattr(mqd_t queue, struct mq_attr *attributes)
{
	const int result = REAL(mq_getattr)(queue, attributes);

	if (mutant_is_active() && result == 0)
		attributes->mq_flags &= ~O_NONBLOCK;
	return result;
}
