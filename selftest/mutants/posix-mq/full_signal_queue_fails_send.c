/*
 * mq_send() fails when the signal that it brings about cannot be queued.
 */
#include "mutant.h"

#include <errno.h>
#include <mqueue.h>
#include <sys/resource.h>

int mq_send(mqd_t queue, const char *text, size_t length, unsigned priority)
{
	struct rlimit pending;

	if (mutant_is_active() && getrlimit(RLIMIT_SIGPENDING, &pending) == 0 &&
		pending.rlim_cur == 0) {
		errno = EAGAIN;
		return -1;
	}
	return REAL(mq_send)(queue, text, length, priority);
}
