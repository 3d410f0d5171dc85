/*
 * mq_notify() with SIGEV_THREAD leaves a thread behind each time.
 */
#include "mutant.h"

#include <mqueue.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>

static void *rest(void *unused)
{
	(void)poll(NULL, 0, -1);
	return unused;
}

int mq_notify(mqd_t queue, const struct sigevent *event)
{
	pthread_t thread;

	if (mutant_is_active() && event && event->sigev_notify == SIGEV_THREAD)
		(void)pthread_create(&thread, NULL, rest, NULL);
	return REAL(mq_notify)(queue, event);
}
