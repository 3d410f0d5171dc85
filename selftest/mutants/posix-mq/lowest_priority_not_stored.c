/*
 * The receiving calls store no priority when it is 0.
 */
#include "mutant.h"

#include <mqueue.h>
#include <stddef.h>

static ssize_t stored(ssize_t length, unsigned got, unsigned *priority)
{
	if (length != -1 && priority && (got != 0 || !mutant_is_active()))
		*priority = got;
	return length;
}

ssize_t mq_receive(mqd_t queue, char *message, size_t size, unsigned *priority)
{
	unsigned got = 0;
	const ssize_t length =
		REAL(mq_receive)(queue, message, size, priority ? &got : NULL);

	return stored(length, got, priority);
}

ssize_t mq_timedreceive(mqd_t queue, char *restrict message, size_t size,
	unsigned *restrict priority, const struct timespec *restrict deadline)
{
	unsigned got = 0;
	const ssize_t length = REAL(mq_timedreceive)(queue, message, size,
		priority ? &got : NULL, deadline);

	return stored(length, got, priority);
}
