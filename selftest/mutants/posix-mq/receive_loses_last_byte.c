/*
 * mq_receive() loses the last byte of a message of several.
 */
#include "mutant.h"

#include <mqueue.h>

ssize_t mq_receive(mqd_t queue, char *text, size_t bytes, unsigned *priority)
{
	const ssize_t got = REAL(mq_receive)(queue, text, bytes, priority);

	return mutant_is_active() && got > 1 ? got - 1 : got;
}
