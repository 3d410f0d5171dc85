/*
 * A message, or a buffer, of the wrong length is refused only when there is room, or a message.
 */
#include "mutant.h"

#include <mqueue.h>
#include <poll.h>

/* Waits for EVENT where LENGTH is out of range and nobody would say so before. */
static void wait_for(mqd_t queue, short event)
{
	struct mq_attr attributes;
	struct pollfd entry = {.fd = queue, .events = event};

	if (mq_getattr(queue, &attributes) == 0 && !(attributes.mq_flags & O_NONBLOCK))
		(void)poll(&entry, 1, -1);
}

static long size_of(mqd_t queue)
{
	struct mq_attr attributes = {0};

	(void)mq_getattr(queue, &attributes);
	return attributes.mq_msgsize;
}

int mq_send(mqd_t queue, const char *text, size_t length, unsigned priority)
{
	if (mutant_is_active() && length > (size_t)size_of(queue))
		wait_for(queue, POLLOUT);
	return REAL(mq_send)(queue, text, length, priority);
}

ssize_t mq_receive(mqd_t queue, char *text, size_t length, unsigned *priority)
{
	if (mutant_is_active() && length < (size_t)size_of(queue))
		wait_for(queue, POLLIN);
	return REAL(mq_receive)(queue, text, length, priority);
}
