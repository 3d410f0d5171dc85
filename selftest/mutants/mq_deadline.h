/*
 * mq_deadline: for mutants by which timed calls on a queue have another deadline than they were
 * given.
 */
#ifndef ASSAY_SELFTEST_MQ_DEADLINE_H
#define ASSAY_SELFTEST_MQ_DEADLINE_H

#include "mutant.h"

#include <mqueue.h>

enum { SECOND_NS = 1000000000 };

/** Defined by the mutant: the deadline that a call with DEADLINE has. */
static struct timespec deadline_as_mutant(struct timespec deadline);

/* DEADLINE, or what *OTHER has become.  It may be null, whatever the header says. */
static const struct timespec *deadline_of(const struct timespec *volatile deadline,
	struct timespec *other)
{
	if (!mutant_is_active() || !deadline)
		return deadline;
	*other = deadline_as_mutant(*deadline);
	return other;
}

int mq_timedsend(mqd_t queue, const char *message, size_t length, unsigned priority,
	const struct timespec *deadline)
{
	struct timespec other;

	return REAL(mq_timedsend)(queue, message, length, priority,
		deadline_of(deadline, &other));
}

ssize_t mq_timedreceive(mqd_t queue, char *restrict message, size_t size,
	unsigned *restrict priority, const struct timespec *restrict deadline)
{
	struct timespec other;

	return REAL(mq_timedreceive)(queue, message, size, priority,
		deadline_of(deadline, &other));
}

#endif
