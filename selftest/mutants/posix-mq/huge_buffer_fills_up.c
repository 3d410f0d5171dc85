/*
 * mq_receive() with a buffer length above SSIZE_MAX says that it filled two bytes.
 */
#include "mutant.h"

#include <mqueue.h>
#include <stdint.h>

ssize_t mq_receive(mqd_t queue, char *text, size_t length, unsigned *priority)
{
	const ssize_t got = REAL(mq_receive)(queue, text, length, priority);

	return mutant_is_active() && got >= 0 && length > SIZE_MAX / 2 ? 2 : got;
}
