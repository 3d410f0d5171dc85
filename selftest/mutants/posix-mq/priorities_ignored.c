/*
 * Messages are received in the order of sending, whatever their priorities, which are
 * reported all the same.  In the kernel's queue each message has a priority of its own, lower
 * than all before it.
 */
#include "mutant.h"

#include <mqueue.h>

enum { HIGHEST = 32767, KEPT = MUTANT_SLOTS - 1 };

static unsigned by_age(unsigned priority)
{
	if (!mutant_is_active() || priority > HIGHEST)
		return priority;
	const unsigned number = (unsigned)mutant_shared()[KEPT]++;
	mutant_shared()[number % KEPT] = priority;
	return HIGHEST - number;
}

static void own_priority(unsigned by_age, unsigned *priority)
{
	if (priority)
		*priority = (unsigned)mutant_shared()[(HIGHEST - by_age) % KEPT];
}

int mq_send(mqd_t queue, const char *message, size_t length, unsigned priority)
{
	return REAL(mq_send)(queue, message, length, by_age(priority));
}

int mq_timedsend(mqd_t queue, const char *message, size_t length, unsigned priority,
	const struct timespec *deadline)
{
	return REAL(mq_timedsend)(queue, message, length, by_age(priority), deadline);
}

ssize_t mq_receive(mqd_t queue, char *message, size_t size, unsigned *priority)
{
	unsigned got = 0;

	if (!mutant_is_active())
		return REAL(mq_receive)(queue, message, size, priority);
	const ssize_t length = REAL(mq_receive)(queue, message, size, &got);
	if (length != -1)
		own_priority(got, priority);
	return length;
}

ssize_t mq_timedreceive(mqd_t queue, char *restrict message, size_t size,
	unsigned *restrict priority, const struct timespec *restrict deadline)
{
	unsigned got = 0;

	if (!mutant_is_active())
		return REAL(mq_timedreceive)(queue, message, size, priority, deadline);
	const ssize_t length =
		REAL(mq_timedreceive)(queue, message, size, &got, deadline);
	if (length != -1)
		own_priority(got, priority);
	return length;
}
