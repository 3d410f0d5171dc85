/*
 * mq_timedreceive() stores no priority.
 */
#include "mutant.h"

#include <mqueue.h>
#include <stddef.h>

ssize_t mq_timedreceive(mqd_t queue, char *restrict message, size_t size,
	unsigned *restrict priority, const struct timespec *restrict deadline)
{
	return REAL(mq_timedreceive)(queue, message, size,
		mutant_is_active() ? NULL : priority, deadline);
}
