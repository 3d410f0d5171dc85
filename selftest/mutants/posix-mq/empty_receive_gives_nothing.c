/*
 * mq_receive() on an empty queue with O_NONBLOCK returns 0 bytes.
 */
#include "mutant.h"

#include <errno.h>
#include <mqueue.h>

ssize_t mq_receive(mqd_t queue, char *text, size_t bytes, unsigned *priority)
{
	const ssize_t got = REAL(mq_receive)(queue, text, bytes, priority);

	return mutant_is_active() && got == -1 && errno == EAGAIN ? 0 : got;
}
