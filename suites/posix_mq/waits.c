#include "waits.h"

#include <fcntl.h>

static ssize_t receive_within_an_hour(mqd_t queue, char *message, size_t size,
	unsigned *priority)
{
	const struct timespec deadline = in_an_hour();

	return mq_timedreceive(queue, message, size, priority, &deadline);
}

static int send_within_an_hour(mqd_t queue, const char *message, size_t length,
	unsigned priority)
{
	const struct timespec deadline = in_an_hour();

	return mq_timedsend(queue, message, length, priority, &deadline);
}

const struct receiving queue_receivings[RECEIVINGS] = {
	{"mq-receive", mq_receive},
	{"mq-timedreceive", receive_within_an_hour},
};

const struct sending queue_sendings[SENDINGS] = {
	{"mq-send", mq_send},
	{"mq-timedsend", send_within_an_hour},
};

/* Through pointers, because the C library may declare that the deadline is never null. */
int queue_receive_until(mqd_t queue, const struct timespec *deadline)
{
	ssize_t (*const volatile call)(mqd_t, char *, size_t, unsigned *,
		const struct timespec *) = mq_timedreceive;
	char message[QUEUE_BYTES_MAX];

	return call(queue, message, sizeof(message), NULL, deadline) == -1 ? -1 : 0;
}

int queue_send_until(mqd_t queue, const struct timespec *deadline)
{
	int (*const volatile call)(mqd_t, const char *, size_t, unsigned,
		const struct timespec *) = mq_timedsend;

	return call(queue, "s", 1, 0, deadline);
}

const struct side queue_sides[SIDES] = {
	{"receiver", "mq_receive", 0, queue_receive_until},
	{"sender", "mq_send", 1, queue_send_until},
};

mqd_t queue_to_wait_on(const struct side *side, int oflag)
{
	const mqd_t queue = queue_made_of("q", O_RDWR | oflag, 1, QUEUE_BYTES);

	for (int i = 0; i < side->messages; i++)
		queue_put(queue, "f", 0);
	return queue;
}

void queue_let_go(const struct side *side, mqd_t queue)
{
	char message[QUEUE_BYTES];

	if (side->messages == 0)
		queue_put(queue, "x", 0);
	else
		need(mq_receive(queue, message, sizeof(message), NULL));
}

void queue_waiters_start_at(struct peer *peers, int count, void (*function)(void *),
	void *arg, const char *call, const char *name)
{
	for (int i = 0; i < count; i++) {
		peers[i] = peer_start_at(function, arg, name, __FILE__, __LINE__);
		peer_wait_blocked(&peers[i], call);
	}
}

void queue_receive_x(void *queue)
{
	char message[QUEUE_BYTES] = "";

	must_move(mq_receive(*(mqd_t *)queue, message, sizeof(message), NULL), 1);
	ck_assert_int_eq(message[0], 'x');
}

void queue_send_x(void *queue)
{
	must_succeed(mq_send(*(mqd_t *)queue, "x", 1, 0));
}

void queue_must_be_usable(mqd_t queue, int depth)
{
	ck_assert_int_eq(queue_messages(queue), 0);
	for (int i = 0; i < depth; i++)
		must_succeed(mq_send(queue, "again", 5, 0));
	for (int i = 0; i < depth; i++)
		must_receive(queue, "again");
	ck_assert_int_eq(queue_messages(queue), 0);
}
