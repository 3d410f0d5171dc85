/*
 * A signal that is ignored ends mq_send() and mq_receive() with EINTR; the timed calls go on.
 */
#include "mutant.h"

#include <errno.h>
#include <mqueue.h>
#include <signal.h>
#include <stddef.h>

static void do_nothing(int number)
{
	(void)number;
}

sighandler_t signal(int number, sighandler_t handler)
{
	const struct sigaction interrupting = {.sa_handler = do_nothing};

	if (!mutant_is_active() || handler != SIG_IGN)
		return REAL(signal)(number, handler);
	return sigaction(number, &interrupting, NULL) == 0 ? SIG_DFL : SIG_ERR;
}

int mq_timedsend(mqd_t queue, const char *message, size_t length, unsigned priority,
	const struct timespec *deadline)
{
	int result;

	do
		result = REAL(mq_timedsend)(queue, message, length, priority, deadline);
	while (result == -1 && errno == EINTR && mutant_is_active());
	return result;
}

ssize_t mq_timedreceive(mqd_t queue, char *restrict message, size_t size,
	unsigned *restrict priority, const struct timespec *restrict deadline)
{
	ssize_t result;

	do
		result = REAL(mq_timedreceive)(queue, message, size, priority, deadline);
	while (result == -1 && errno == EINTR && mutant_is_active());
	return result;
}
