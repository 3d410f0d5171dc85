/*
 * A queue that mq_open(O_CREAT | O_EXCL) makes for reading and writing is tried with a message
 * before it is given out: whoever dies or fails between leaves it with the message, or at all.
 */
#include "mq_open.h"

enum { MESSAGE_MAX = 8192 };

static bool is_tried(mqd_t queue)
{
	char message[MESSAGE_MAX];

	return REAL(mq_send)(queue, "", 0, 0) == 0 &&
		REAL(mq_receive)(queue, message, sizeof(message), NULL) == 0;
}

static mqd_t open_as_mutant(const char *name, int oflag, mode_t mode,
	struct mq_attr *attributes)
{
	const mqd_t queue = REAL(mq_open)(name, oflag, mode, attributes);

	if (queue == (mqd_t)-1 || oflag != (O_CREAT | O_EXCL | O_RDWR) || !attributes ||
		attributes->mq_msgsize > MESSAGE_MAX || is_tried(queue))
		return queue;
	(void)REAL(mq_close)(queue);
	return (mqd_t)-1;
}
