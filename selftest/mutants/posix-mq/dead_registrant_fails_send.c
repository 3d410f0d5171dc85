/*
 * mq_send() looks for the process that is registered for notification, and fails when it has
 * been killed.
 */
#include "registrant_killed.h"

#include <errno.h>

int mq_notify(mqd_t queue, const struct sigevent *event)
{
	return registrant_noted(queue, event);
}

int mq_send(mqd_t queue, const char *message, size_t length, unsigned priority)
{
	if (registrant_is_killed()) {
		errno = ESRCH;
		return -1;
	}
	return REAL(mq_send)(queue, message, length, priority);
}
