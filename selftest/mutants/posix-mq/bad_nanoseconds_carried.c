/*
 * Nanoseconds that are no part of a second are carried into the seconds of a deadline, and
 * those that cannot be are past.
 */
#include "mutant.h"

#include <mqueue.h>

enum { SECOND_NS = 1000000000 };

/* DEADLINE, or what *OTHER has become.  It may be null, whatever the header says. */
static const struct timespec *carried(const struct timespec *volatile deadline,
	struct timespec *other)
{
	if (!mutant_is_active() || !deadline ||
		(deadline->tv_nsec >= 0 && deadline->tv_nsec < SECOND_NS))
		return deadline;
	*other = (struct timespec){0};
	if (deadline->tv_nsec >= SECOND_NS && deadline->tv_nsec < 2 * (long)SECOND_NS)
		*other = (struct timespec){
			deadline->tv_sec + 1, deadline->tv_nsec - SECOND_NS};
	return other;
}

int mq_timedsend(mqd_t queue, const char *message, size_t length, unsigned priority,
	const struct timespec *deadline)
{
	struct timespec other;

	return REAL(mq_timedsend)(queue, message, length, priority,
		carried(deadline, &other));
}

ssize_t mq_timedreceive(mqd_t queue, char *restrict message, size_t size,
	unsigned *restrict priority, const struct timespec *restrict deadline)
{
	struct timespec other;

	return REAL(mq_timedreceive)(queue, message, size, priority,
		carried(deadline, &other));
}
