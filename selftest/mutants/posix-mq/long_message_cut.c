/*
 * Of a message that takes more than a page the kernel copies only the first piece.
 */
#include "mutant.h"

#include <mqueue.h>
#include <string.h>

enum { FIRST_PIECE = 4096 - 48 };

static ssize_t cut(ssize_t length, char *message)
{
	if (mutant_is_active() && length > FIRST_PIECE)
		memset(message + FIRST_PIECE, 0, (size_t)length - FIRST_PIECE);
	return length;
}

ssize_t mq_receive(mqd_t queue, char *message, size_t size, unsigned *priority)
{
	return cut(REAL(mq_receive)(queue, message, size, priority), message);
}

ssize_t mq_timedreceive(mqd_t queue, char *restrict message, size_t size,
	unsigned *restrict priority, const struct timespec *restrict deadline)
{
	return cut(REAL(mq_timedreceive)(queue, message, size, priority, deadline),
		message);
}
