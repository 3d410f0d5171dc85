/*
 * A process that is registered and asks again gets EBUSY, and from then on the signal of the
 * second time with the value of the first.
 */
#include "registration.h"

#include <errno.h>

static struct registration asked;

int mq_notify(mqd_t queue, const struct sigevent *event)
{
	const int result = registration_made(&asked, queue, event);

	if (result == -1 && errno == EBUSY && event && registration_is_own(&asked)) {
		asked.event.sigev_signo = event->sigev_signo;
		(void)REAL(mq_notify)(queue, NULL);
		(void)REAL(mq_notify)(queue, &asked.event);
		errno = EBUSY;
	}
	return result;
}
