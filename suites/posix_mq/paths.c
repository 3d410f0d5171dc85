#include "paths.h"

#include <limits.h>
#include <stdint.h>
#include <string.h>

#include "assay.h"
#include "queue.h"

const struct path queue_paths[PATHS] = {
	{"queued", PASSING_QUEUED},
	{"handed-over", PASSING_HANDED_OVER},
	{"admitted", PASSING_ADMITTED},
};

struct errand {
	mqd_t queue;
	const struct message *sent;
	struct message *got;
};

static void send_it(void *arg)
{
	const struct errand *errand = arg;
	const struct message *const sent = errand->sent;

	must_succeed(mq_send(errand->queue, (const char *)sent->bytes, sent->length,
		sent->priority));
}

static void receive_it(void *arg)
{
	const struct errand *errand = arg;
	struct message *const got = errand->got;

	memset(got->bytes, MESSAGE_POISON, sizeof(got->bytes));
	got->priority = UINT_MAX; /* nobody's */
	got->length = (size_t)must_succeed(mq_receive(errand->queue, (char *)got->bytes,
		sizeof(got->bytes), &got->priority));
}

void message_pass(mqd_t queue, const struct path *path, const struct message *sent,
	struct message *got)
{
	struct errand errand = {queue, sent, got};
	struct message filler;
	struct peer waiter;

	switch (path->passing) {
	case PASSING_QUEUED:
		send_it(&errand);
		receive_it(&errand);
		break;
	case PASSING_HANDED_OVER:
		waiter = thread_start(receive_it, &errand);
		peer_wait_blocked(&waiter, "mq_receive");
		send_it(&errand);
		peer_join(&waiter);
		break;
	case PASSING_ADMITTED:
		queue_put(queue, "", 0);
		waiter = thread_start(send_it, &errand);
		peer_wait_blocked(&waiter, "mq_send");
		receive_it(&(struct errand){queue, NULL, &filler});
		peer_join(&waiter);
		receive_it(&errand);
		break;
	}
}

/* No shift of the bytes is like the bytes themselves. */
void message_make(struct message *message, size_t length, unsigned priority)
{
	message->priority = priority;
	message->length = length;
	for (size_t i = 0; i < length; i++) {
		uint32_t mixed = (uint32_t)(i + length) * 2654435761u;

		mixed ^= mixed >> 15;
		message->bytes[i] = (unsigned char)((mixed * 2246822519u) >> 24);
	}
}

void must_be_same_at(const struct message *got, const struct message *sent,
	const char *file, int line)
{
	size_t same = 0;

	if (got->length != sent->length)
		claim_assert_failed(file, line, "must_be_same",
			"a message of %zu bytes came with %zu", sent->length,
			got->length);
	if (got->priority != sent->priority)
		claim_assert_failed(file, line, "must_be_same",
			"a message of priority %u came with %u", sent->priority,
			got->priority);
	while (same < sent->length && got->bytes[same] == sent->bytes[same])
		same++;
	if (same < sent->length)
		claim_assert_failed(file, line, "must_be_same",
			"of a message of %zu bytes, byte %zu came as %u, not %u",
			sent->length, same, got->bytes[same], sent->bytes[same]);
}
