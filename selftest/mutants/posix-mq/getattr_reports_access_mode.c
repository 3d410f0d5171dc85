/*
 * mq_getattr() reports the access mode in mq_flags too.
 */
#include "mutant.h"

#include <fcntl.h>
#include <mqueue.h>

int mq_getattr(mqd_t queue, struct mq_attr *attributes)
{
	const int result = REAL(mq_getattr)(queue, attributes);

	if (mutant_is_active() && result == 0)
		attributes->mq_flags |= fcntl(queue, F_GETFL) & O_ACCMODE;
	return result;
}
