/*
 * A timed call that has to wait, with a deadline in the past, waits for ever.
 */
#include "mutant.h"

#include <errno.h>
#include <mqueue.h>

/* Whether a call with DEADLINE that gave RESULT ought to have waited.  It may be null, whatever
 * the header says. */
static bool is_past(long result, const struct timespec *volatile deadline)
{
	return mutant_is_active() && result == -1 && errno == ETIMEDOUT && deadline &&
		deadline->tv_sec <= 1;
}

int mq_timedsend(mqd_t queue, const char *message, size_t length, unsigned priority,
	const struct timespec *deadline)
{
	const int result = REAL(mq_timedsend)(queue, message, length, priority, deadline);

	return is_past(result, deadline) ? REAL(mq_send)(queue, message, length, priority)
					 : result;
}

ssize_t mq_timedreceive(mqd_t queue, char *restrict message, size_t size,
	unsigned *restrict priority, const struct timespec *restrict deadline)
{
	const ssize_t result =
		REAL(mq_timedreceive)(queue, message, size, priority, deadline);

	return is_past(result, deadline)
		? REAL(mq_receive)(queue, message, size, priority)
		: result;
}
