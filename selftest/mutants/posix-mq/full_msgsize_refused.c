/*
 * A message of exactly mq_msgsize bytes is taken for one that is too long.
 */
#include "mutant.h"

#include <errno.h>
#include <mqueue.h>

int mq_send(mqd_t queue, const char *text, size_t length, unsigned priority)
{
	struct mq_attr attributes;

	if (mutant_is_active() && mq_getattr(queue, &attributes) == 0 &&
		length == (size_t)attributes.mq_msgsize) {
		errno = EMSGSIZE;
		return -1;
	}
	return REAL(mq_send)(queue, text, length, priority);
}
