/*
 * A send that fails because the queue is full has put its message in the place of another.
 */
#include "mutant.h"

#include <errno.h>
#include <mqueue.h>
#include <stddef.h>

enum { BYTES = 8192 };

static int replace(int result, mqd_t queue, const char *message, size_t length)
{
	static const struct timespec past;
	const int saved = errno;
	char lost[BYTES];

	if (mutant_is_active() && result == -1 && saved != EBADF && saved != EMSGSIZE &&
		REAL(mq_timedreceive)(queue, lost, sizeof(lost), NULL, &past) != -1)
		(void)REAL(mq_timedsend)(queue, message, length, 0, &past);
	errno = saved;
	return result;
}

int mq_send(mqd_t queue, const char *message, size_t length, unsigned priority)
{
	return replace(REAL(mq_send)(queue, message, length, priority), queue, message,
		length);
}

int mq_timedsend(mqd_t queue, const char *message, size_t length, unsigned priority,
	const struct timespec *deadline)
{
	return replace(REAL(mq_timedsend)(queue, message, length, priority, deadline),
		queue, message, length);
}
