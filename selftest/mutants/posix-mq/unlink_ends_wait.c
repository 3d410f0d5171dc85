/*
 * mq_unlink() ends the waits of all who have the queue open, as msgctl(IPC_RMID) does.
 */
#include "mq_waiters.h"

#include <mqueue.h>

int mq_unlink(const char *name)
{
	const int result = REAL(mq_unlink)(name);

	if (mutant_is_active())
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
		errno = EIDRM;
	return length;
}
