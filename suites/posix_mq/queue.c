#include "queue.h"

#include <fcntl.h>

mqd_t queue_made(const char *tag, int oflag)
{
	return queue_made_of(tag, oflag, QUEUE_DEPTH, QUEUE_BYTES);
}

mqd_t queue_made_of(const char *tag, int oflag, long depth, long bytes)
{
	struct mq_attr attributes = {.mq_maxmsg = depth, .mq_msgsize = bytes};

	return need(mq_open(own_name(tag), O_CREAT | O_EXCL | oflag, 0600, &attributes));
}

mqd_t queue_opened(const char *tag, int oflag)
{
	return need(mq_open(own_name(tag), oflag));
}

struct mq_attr queue_attributes(mqd_t queue)
{
	struct mq_attr attributes;

	need(mq_getattr(queue, &attributes));
	return attributes;
}

long queue_messages(mqd_t queue)
{
	return queue_attributes(queue).mq_curmsgs;
}

void queue_put(mqd_t queue, const char *text, unsigned priority)
{
	const struct timespec past = long_ago();

	need(mq_timedsend(queue, text, strlen(text), priority, &past));
}
