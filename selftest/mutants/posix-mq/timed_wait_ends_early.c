/*
 * A timed call ends five milliseconds before its deadline, as by a clock that is read in
 * ticks.
 */
#include "mutant.h"

#include <mqueue.h>

enum { EARLY_NS = 5000000, SECOND_NS = 1000000000 };

/* DEADLINE, or what *OTHER has become.  It may be null, whatever the header says. */
static const struct timespec *earlier(const struct timespec *volatile deadline,
	struct timespec *other)
{
	if (!mutant_is_active() || !deadline || deadline->tv_nsec < 0 ||
		deadline->tv_nsec >= SECOND_NS || deadline->tv_sec <= 1)
		return deadline;
	*other = *deadline;
	other->tv_nsec -= EARLY_NS;
	if (other->tv_nsec < 0) {
		other->tv_nsec += SECOND_NS;
		other->tv_sec--;
	}
	return other;
}

int mq_timedsend(mqd_t queue, const char *message, size_t length, unsigned priority,
	const struct timespec *deadline)
{
	struct timespec other;

	return REAL(mq_timedsend)(queue, message, length, priority,
		earlier(deadline, &other));
}

ssize_t mq_timedreceive(mqd_t queue, char *restrict message, size_t size,
	unsigned *restrict priority, const struct timespec *restrict deadline)
{
	struct timespec other;

	return REAL(mq_timedreceive)(queue, message, size, priority,
		earlier(deadline, &other));
}
