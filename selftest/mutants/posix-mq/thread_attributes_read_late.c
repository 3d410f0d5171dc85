/*
 * What sigev_notify_attributes points to is read when the thread is made.
 */
#include "mutant.h"

#include <mqueue.h>
#include <pthread.h>
#include <signal.h>

static struct sigevent asked;

static void *call(void *unused)
{
	(void)unused;
	asked.sigev_notify_function(asked.sigev_value);
	return NULL;
}

static void make_thread(union sigval unused)
{
	pthread_t thread;

	(void)unused;
	if (pthread_create(&thread, asked.sigev_notify_attributes, call, NULL) == 0)
		(void)pthread_detach(thread);
}

int mq_notify(mqd_t queue, const struct sigevent *event)
{
	struct sigevent other;

	if (!mutant_is_active() || !event || event->sigev_notify != SIGEV_THREAD ||
		!event->sigev_notify_attributes)
		return REAL(mq_notify)(queue, event);
	asked = other = *event;
	other.sigev_notify_function = make_thread;
	other.sigev_notify_attributes = NULL;
	return REAL(mq_notify)(queue, &other);
}
