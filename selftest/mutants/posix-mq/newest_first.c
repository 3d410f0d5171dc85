/*
 * Of the messages of one priority the newest is received first.  In the kernel's queue the
 * number of the message is the lower part of its priority.
 */
#include "mutant.h"

#include <mqueue.h>

enum { AGES = 32, HIGHEST = 1000 };

static unsigned with_age(unsigned priority)
{
	if (!mutant_is_active() || priority > HIGHEST)
		return priority;
	return priority * AGES + (unsigned)(mutant_shared()[0]++ % AGES);
}

static ssize_t without_age(ssize_t length, unsigned *priority)
{
	if (length != -1 && mutant_is_active() && priority &&
		*priority < (HIGHEST + 1) * AGES)
		*priority /= AGES;
	return length;
}

int mq_send(mqd_t queue, const char *message, size_t length, unsigned priority)
{
	return REAL(mq_send)(queue, message, length, with_age(priority));
}

int mq_timedsend(mqd_t queue, const char *message, size_t length, unsigned priority,
	const struct timespec *deadline)
{
	return REAL(mq_timedsend)(queue, message, length, with_age(priority), deadline);
}

ssize_t mq_receive(mqd_t queue, char *message, size_t size, unsigned *priority)
{
	return without_age(REAL(mq_receive)(queue, message, size, priority), priority);
}

ssize_t mq_timedreceive(mqd_t queue, char *restrict message, size_t size,
	unsigned *restrict priority, const struct timespec *restrict deadline)
{
	return without_age(REAL(mq_timedreceive)(queue, message, size, priority,
				   deadline),
		priority);
}
