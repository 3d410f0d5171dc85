/*
 * A registration stays when the descriptor that it was made through is closed.
 */
#include "registration.h"

static struct registration registration;

int mq_notify(mqd_t queue, const struct sigevent *event)
{
	return registration_made(&registration, queue, event);
}

int mq_close(mqd_t queue)
{
	if (registration_is_own(&registration) && queue == registration.queue)
		return 0; /* any close would end it */
	return REAL(mq_close)(queue);
}
