/*
 * mq_notify() in the thread of SIGEV_THREAD finds the registration still there.
 */
#include "mutant.h"

#include <errno.h>
#include <mqueue.h>
#include <sys/syscall.h>
#include <unistd.h>

int mq_notify(mqd_t queue, const struct sigevent *event)
{
	if (mutant_is_active() && event && getpid() != (pid_t)syscall(SYS_gettid)) {
		errno = EBUSY;
		return -1;
	}
	return REAL(mq_notify)(queue, event);
}
