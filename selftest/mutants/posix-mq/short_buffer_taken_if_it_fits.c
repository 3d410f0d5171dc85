/*
 * mq_receive() asks only that the message fits its buffer, not one of mq_msgsize bytes.
 */
#include "mutant.h"

#include <errno.h>
#include <mqueue.h>
#include <string.h>

ssize_t mq_receive(mqd_t queue, char *text, size_t length, unsigned *priority)
{
	char whole[16384];
	struct mq_attr attributes;

	if (!mutant_is_active() || mq_getattr(queue, &attributes) == -1 ||
		length >= (size_t)attributes.mq_msgsize)
		return REAL(mq_receive)(queue, text, length, priority);
	const ssize_t got = REAL(mq_receive)(queue, whole, sizeof(whole), priority);
	if (got > (ssize_t)length) {
		errno = EMSGSIZE;
		return -1;
	}
	if (got > 0)
		memcpy(text, whole, (size_t)got);
	return got;
}
