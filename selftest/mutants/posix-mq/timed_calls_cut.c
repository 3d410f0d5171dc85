/*
 * The timed calls know no EMSGSIZE: what is too long they cut, what is too short they fill.
 */
#include "mutant.h"

#include <errno.h>
#include <mqueue.h>
#include <string.h>

enum { LONGEST = 8192 };

/* mq_msgsize, or 0 where the mutant lets the call pass. */
static size_t size_of(mqd_t queue)
{
	struct mq_attr attributes;
	const int before = errno;
	const size_t size = mutant_is_active() && mq_getattr(queue, &attributes) == 0
		? (size_t)attributes.mq_msgsize
		: 0;

	errno = before;
	return size <= LONGEST ? size : 0;
}

int mq_timedsend(mqd_t queue, const char *message, size_t length, unsigned priority,
	const struct timespec *deadline)
{
	const size_t most = size_of(queue);

	return REAL(mq_timedsend)(queue, message, most && length > most ? most : length,
		priority, deadline);
}

ssize_t mq_timedreceive(mqd_t queue, char *restrict message, size_t size,
	unsigned *restrict priority, const struct timespec *restrict deadline)
{
	char whole[LONGEST];
	const size_t most = size_of(queue);

	if (size >= most)
		return REAL(mq_timedreceive)(queue, message, size, priority, deadline);
	const ssize_t length =
		REAL(mq_timedreceive)(queue, whole, most, priority, deadline);
	const size_t kept = length > (ssize_t)size ? size : (size_t)length;
	if (length != -1)
		memcpy(message, whole, kept);
	return length == -1 ? -1 : (ssize_t)kept;
}
