/*
 * A timed call ends five milliseconds before its deadline, as by a clock that is read in
 * ticks.
 */
#include "mq_deadline.h"

enum { EARLY_NS = 5000000 };

static struct timespec deadline_as_mutant(struct timespec deadline)
{
	if (deadline.tv_nsec < 0 || deadline.tv_nsec >= SECOND_NS || deadline.tv_sec <= 1)
		return deadline;
	deadline.tv_nsec -= EARLY_NS;
	if (deadline.tv_nsec < 0) {
		deadline.tv_nsec += SECOND_NS;
		deadline.tv_sec--;
	}
	return deadline;
}
