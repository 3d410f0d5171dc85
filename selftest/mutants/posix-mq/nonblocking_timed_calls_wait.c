/*
 * With O_NONBLOCK the timed calls look again until their deadline before they give EAGAIN.
 */
#include "mutant.h"

#include <errno.h>
#include <mqueue.h>
#include <stdbool.h>
#include <time.h>
#include <unistd.h>

static bool is_to_wait(long result, const struct timespec *deadline)
{
	struct timespec now;

	if (result != -1 || errno != EAGAIN || !mutant_is_active())
		return false;
	(void)clock_gettime(CLOCK_REALTIME, &now);
	errno = EAGAIN;
	return now.tv_sec < deadline->tv_sec;
}

int mq_timedsend(mqd_t queue, const char *message, size_t length, unsigned priority,
	const struct timespec *deadline)
{
	int result;

	while (is_to_wait(result = REAL(mq_timedsend)(queue, message, length, priority,
				  deadline),
		deadline))
		(void)usleep(1000);
	return result;
}

ssize_t mq_timedreceive(mqd_t queue, char *restrict message, size_t size,
	unsigned *restrict priority, const struct timespec *restrict deadline)
{
	ssize_t result;

	while (is_to_wait(result = REAL(mq_timedreceive)(queue, message, size, priority,
				  deadline),
		deadline))
		(void)usleep(1000);
	return result;
}
