/*
 * O_NONBLOCK makes no difference: calls wait.
 */
#include "mutant.h"

#include <errno.h>
#include <mqueue.h>
#include <poll.h>

/* Waits until QUEUE is ready for EVENT when a call that gave RESULT did not. */
static bool waited(long result, mqd_t queue, short event)
{
	struct pollfd ready = {.fd = queue, .events = event};

	return mutant_is_active() && result == -1 && errno == EAGAIN &&
		poll(&ready, 1, -1) == 1;
}

int mq_send(mqd_t queue, const char *message, size_t length, unsigned priority)
{
	int result;

	do
		result = REAL(mq_send)(queue, message, length, priority);
	while (waited(result, queue, POLLOUT));
	return result;
}

ssize_t mq_receive(mqd_t queue, char *message, size_t size, unsigned *priority)
{
	ssize_t result;

	do
		result = REAL(mq_receive)(queue, message, size, priority);
	while (waited(result, queue, POLLIN));
	return result;
}

int mq_timedsend(mqd_t queue, const char *message, size_t length, unsigned priority,
	const struct timespec *deadline)
{
	int result;

	do
		result = REAL(mq_timedsend)(queue, message, length, priority, deadline);
	while (waited(result, queue, POLLOUT));
	return result;
}

ssize_t mq_timedreceive(mqd_t queue, char *restrict message, size_t size,
	unsigned *restrict priority, const struct timespec *restrict deadline)
{
	ssize_t result;

	do
		result = REAL(mq_timedreceive)(queue, message, size, priority, deadline);
	while (waited(result, queue, POLLIN));
	return result;
}
