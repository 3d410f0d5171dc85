/*
 * The functions give EINVAL for a descriptor that is not of an open queue.
 */
#include "mutant.h"

#include <errno.h>
#include <mqueue.h>

static long otherwise(long result)
{
	if (mutant_is_active() && result == -1 && errno == EBADF)
		errno = EINVAL;
	return result;
}

int mq_close(mqd_t queue)
{
	return (int)otherwise(REAL(mq_close)(queue));
}

int mq_getattr(mqd_t queue, struct mq_attr *attributes)
{
	return (int)otherwise(REAL(mq_getattr)(queue, attributes));
}

int mq_setattr(mqd_t queue, const struct mq_attr *attributes, struct mq_attr *previous)
{
	return (int)otherwise(REAL(mq_setattr)(queue, attributes, previous));
}

int mq_notify(mqd_t queue, const struct sigevent *event)
{
	return (int)otherwise(REAL(mq_notify)(queue, event));
}

int mq_send(mqd_t queue, const char *text, size_t bytes, unsigned priority)
{
	return (int)otherwise(REAL(mq_send)(queue, text, bytes, priority));
}

ssize_t mq_receive(mqd_t queue, char *text, size_t bytes, unsigned *priority)
{
	return otherwise(REAL(mq_receive)(queue, text, bytes, priority));
}
