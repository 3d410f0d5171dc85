/*
 * The death of a process that has the queue open ends the wait of others with EPIPE, as on a
 * pipe.
 */
#include "mq_waiters.h"

#include <mqueue.h>

int kill(pid_t pid, int number)
{
	const int result = REAL(kill)(pid, number);

	if (mutant_is_active() && number == SIGKILL)
		waiters_end();
	return result;
}

int mq_send(mqd_t queue, const char *message, size_t length, unsigned priority)
{
	if (!mutant_is_active())
		return REAL(mq_send)(queue, message, length, priority);
	const int place = waiters_enter();
	const int result = REAL(mq_send)(queue, message, length, priority);
	if (waiters_leave(place, result))
		errno = EPIPE;
	return result;
}

ssize_t mq_receive(mqd_t queue, char *message, size_t size, unsigned *priority)
{
	if (!mutant_is_active())
		return REAL(mq_receive)(queue, message, size, priority);
	const int place = waiters_enter();
	const ssize_t length = REAL(mq_receive)(queue, message, size, priority);
	if (waiters_leave(place, length))
		errno = EPIPE;
	return length;
}
