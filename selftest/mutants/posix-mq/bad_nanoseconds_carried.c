/*
 * Nanoseconds that are no part of a second are carried into the seconds of a deadline.
 */
#include "mq_deadline.h"

static struct timespec deadline_as_mutant(struct timespec deadline)
{
	deadline.tv_sec += deadline.tv_nsec / SECOND_NS;
	deadline.tv_nsec %= SECOND_NS;
	if (deadline.tv_nsec < 0) {
		deadline.tv_nsec += SECOND_NS;
		deadline.tv_sec--;
	}
	return deadline;
}
