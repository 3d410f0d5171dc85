/*
 * A message wakes all receivers that wait; those who find none fail with EAGAIN.
 */
#include "mq_waiters.h"

#include <mqueue.h>

int mq_send(mqd_t queue, const char *message, size_t length, unsigned priority)
{
	const bool are_several = mutant_is_active() && waiters_count() > 1;
	const int result = REAL(mq_send)(queue, message, length, priority);

	if (are_several)
		waiters_end();
	return result;
}

ssize_t mq_receive(mqd_t queue, char *message, size_t size, unsigned *priority)
{
	if (!mutant_is_active())
		return REAL(mq_receive)(queue, message, size, priority);
	const int place = waiters_enter();
	const ssize_t length = REAL(mq_receive)(queue, message, size, priority);
	if (waiters_leave(place, length))
		errno = EAGAIN;
	return length;
}
