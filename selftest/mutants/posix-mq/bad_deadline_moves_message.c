/*
 * A timed call that need not wait looks at its deadline when the message has been moved: one
 * that is no time gives EINVAL all the same.
 */
#include "mutant.h"

#include <errno.h>
#include <mqueue.h>

enum { SECOND_NS = 1000000000 };

/* DEADLINE may be null, whatever the header says. */
static bool is_no_time(const struct timespec *volatile deadline)
{
	return mutant_is_active() && deadline &&
		(deadline->tv_nsec < 0 || deadline->tv_nsec >= SECOND_NS);
}

int mq_timedsend(mqd_t queue, const char *message, size_t length, unsigned priority,
	const struct timespec *deadline)
{
	static const struct timespec past;

	if (!is_no_time(deadline) ||
		REAL(mq_timedsend)(queue, message, length, priority, &past) == -1)
		return REAL(mq_timedsend)(queue, message, length, priority, deadline);
	errno = EINVAL;
	return -1;
}

ssize_t mq_timedreceive(mqd_t queue, char *restrict message, size_t size,
	unsigned *restrict priority, const struct timespec *restrict deadline)
{
	static const struct timespec past;

	if (!is_no_time(deadline) ||
		REAL(mq_timedreceive)(queue, message, size, priority, &past) == -1)
		return REAL(mq_timedreceive)(queue, message, size, priority, deadline);
	errno = EINVAL;
	return -1;
}
