/*
 * The functions that send and receive are no cancellation points.
 */
#include "mutant.h"

#include <mqueue.h>
#include <pthread.h>

static int hold_off(void)
{
	int before = PTHREAD_CANCEL_ENABLE;

	if (mutant_is_active())
		(void)pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &before);
	return before;
}

static long let_come(int before, long result)
{
	if (mutant_is_active())
		(void)pthread_setcancelstate(before, NULL);
	return result;
}

int mq_send(mqd_t queue, const char *message, size_t length, unsigned priority)
{
	const int before = hold_off();

	return (int)let_come(before, REAL(mq_send)(queue, message, length, priority));
}

int mq_timedsend(mqd_t queue, const char *message, size_t length, unsigned priority,
	const struct timespec *deadline)
{
	const int before = hold_off();

	return (int)let_come(before,
		REAL(mq_timedsend)(queue, message, length, priority, deadline));
}

ssize_t mq_receive(mqd_t queue, char *message, size_t size, unsigned *priority)
{
	const int before = hold_off();

	return let_come(before, REAL(mq_receive)(queue, message, size, priority));
}

ssize_t mq_timedreceive(mqd_t queue, char *restrict message, size_t size,
	unsigned *restrict priority, const struct timespec *restrict deadline)
{
	const int before = hold_off();

	return let_come(before,
		REAL(mq_timedreceive)(queue, message, size, priority, deadline));
}
