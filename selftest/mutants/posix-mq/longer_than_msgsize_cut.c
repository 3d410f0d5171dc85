/*
 * A message longer than mq_msgsize is accepted, and cut.
 */
#include "mutant.h"

#include <mqueue.h>

static size_t cut(mqd_t queue, size_t length)
{
	struct mq_attr attributes;

	if (!mutant_is_active() || mq_getattr(queue, &attributes) == -1)
		return length;
	return length > (size_t)attributes.mq_msgsize ? (size_t)attributes.mq_msgsize
						      : length;
}

int mq_send(mqd_t queue, const char *text, size_t length, unsigned priority)
{
	return REAL(mq_send)(queue, text, cut(queue, length), priority);
}

int mq_timedsend(mqd_t queue, const char *text, size_t length, unsigned priority,
	const struct timespec *deadline)
{
	return REAL(mq_timedsend)(queue, text, cut(queue, length), priority, deadline);
}
