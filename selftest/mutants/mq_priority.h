/*
 * mq_priority: for mutants by which messages have another priority in the kernel's queue than
 * they were sent with.
 */
#ifndef ASSAY_SELFTEST_MQ_PRIORITY_H
#define ASSAY_SELFTEST_MQ_PRIORITY_H

#include "mutant.h"

#include <mqueue.h>

/** Defined by the mutant: the priority that a message of PRIORITY gets, and the one that is
 *  reported of a message that has QUEUED. */
static unsigned priority_to_queue(unsigned priority);
static unsigned priority_to_report(unsigned queued);

static unsigned priority_sent(unsigned priority)
{
	return mutant_is_active() ? priority_to_queue(priority) : priority;
}

static ssize_t priority_received(ssize_t length, unsigned *priority)
{
	if (length != -1 && priority && mutant_is_active())
		*priority = priority_to_report(*priority);
	return length;
}

int mq_send(mqd_t queue, const char *message, size_t length, unsigned priority)
{
	return REAL(mq_send)(queue, message, length, priority_sent(priority));
}

int mq_timedsend(mqd_t queue, const char *message, size_t length, unsigned priority,
	const struct timespec *deadline)
{
	return REAL(mq_timedsend)(queue, message, length, priority_sent(priority),
		deadline);
}

ssize_t mq_receive(mqd_t queue, char *message, size_t size, unsigned *priority)
{
	return priority_received(REAL(mq_receive)(queue, message, size, priority),
		priority);
}

ssize_t mq_timedreceive(mqd_t queue, char *restrict message, size_t size,
	unsigned *restrict priority, const struct timespec *restrict deadline)
{
	return priority_received(REAL(mq_timedreceive)(queue, message, size, priority,
					 deadline),
		priority);
}

#endif
