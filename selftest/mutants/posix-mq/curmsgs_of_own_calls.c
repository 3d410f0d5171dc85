/*
 * mq_curmsgs counts what the process that asks has itself sent and received.
 */
#include "mutant.h"

#include <mqueue.h>

/* For each descriptor; a child goes on with its parent's. */
static long counts[256];

static long *count_of(mqd_t queue)
{
	return &counts[(unsigned)queue % 256];
}

int mq_timedsend(mqd_t queue, const char *text, size_t length, unsigned priority,
	const struct timespec *deadline)
{
	const int result = REAL(mq_timedsend)(queue, text, length, priority, deadline);

	*count_of(queue) += result == 0 ? 1 : 0;
	return result;
}

ssize_t mq_timedreceive(mqd_t queue, char *text, size_t length, unsigned *priority,
	const struct timespec *deadline)
{
	const ssize_t got =
		REAL(mq_timedreceive)(queue, text, length, priority, deadline);

	*count_of(queue) -= got >= 0 ? 1 : 0;
	return got;
}

int mq_getattr(mqd_t queue, struct mq_attr *attributes)
{
	const int result = REAL(mq_getattr)(queue, attributes);

	if (mutant_is_active() && result == 0 && *count_of(queue) != 0)
		attributes->mq_curmsgs = *count_of(queue);
	return result;
}
