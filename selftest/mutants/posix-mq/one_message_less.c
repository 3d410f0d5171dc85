/*
 * A queue of two messages or more is full when one is still to come.
 */
#include "mutant.h"

#include <errno.h>
#include <mqueue.h>

static bool is_full(mqd_t queue)
{
	struct mq_attr now;

	return mutant_is_active() && mq_getattr(queue, &now) == 0 && now.mq_maxmsg > 1 &&
		now.mq_curmsgs == now.mq_maxmsg - 1 && now.mq_flags & O_NONBLOCK;
}

int mq_send(mqd_t queue, const char *text, size_t length, unsigned priority)
{
	if (is_full(queue)) {
		errno = EAGAIN;
		return -1;
	}
	return REAL(mq_send)(queue, text, length, priority);
}
