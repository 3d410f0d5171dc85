/*
 * The message of the lowest priority is received first.  In the kernel's queue all priorities
 * are turned round.
 */
#include "mutant.h"

#include <mqueue.h>

enum { HIGHEST = 32767 };

static unsigned turned(unsigned priority)
{
	return mutant_is_active() && priority <= HIGHEST ? HIGHEST - priority : priority;
}

static ssize_t turned_back(ssize_t length, unsigned *priority)
{
	if (length != -1 && priority)
		*priority = turned(*priority);
	return length;
}

int mq_send(mqd_t queue, const char *message, size_t length, unsigned priority)
{
	return REAL(mq_send)(queue, message, length, turned(priority));
}

int mq_timedsend(mqd_t queue, const char *message, size_t length, unsigned priority,
	const struct timespec *deadline)
{
	return REAL(mq_timedsend)(queue, message, length, turned(priority), deadline);
}

ssize_t mq_receive(mqd_t queue, char *message, size_t size, unsigned *priority)
{
	return turned_back(REAL(mq_receive)(queue, message, size, priority), priority);
}

ssize_t mq_timedreceive(mqd_t queue, char *restrict message, size_t size,
	unsigned *restrict priority, const struct timespec *restrict deadline)
{
	return turned_back(REAL(mq_timedreceive)(queue, message, size, priority,
				   deadline),
		priority);
}
