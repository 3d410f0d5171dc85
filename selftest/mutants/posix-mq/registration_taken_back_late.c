/*
 * The function of a registration with SIGEV_THREAD that is taken back is called all the same, a
 * little later, in its thread.
 */
#include "registration.h"

#include <pthread.h>

static struct registration asked;

static void *call_late(void *taken_back)
{
	const struct sigevent *const event = taken_back;

	(void)usleep(2000);
	event->sigev_notify_function(event->sigev_value);
	return NULL;
}

int mq_notify(mqd_t queue, const struct sigevent *event)
{
	static struct sigevent taken_back;
	pthread_t thread;
	const bool is_late = !event && registration_is_own(&asked) &&
		asked.event.sigev_notify == SIGEV_THREAD;

	if (is_late)
		taken_back = asked.event;
	const int result = registration_made(&asked, queue, event);

	if (result == 0 && is_late &&
		pthread_create(&thread, NULL, call_late, &taken_back) == 0)
		(void)pthread_detach(thread);
	return result;
}
