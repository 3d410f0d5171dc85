/*
 * data_order: in which order messages come out: the highest priority first, and of one
 * priority the oldest.
 */
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <unistd.h>

#include "waits.h"

enum { DEPTH = 8 };

#define SPEC_ORDER                                                                      \
	"POSIX.1-2024 mq_receive(), DESCRIPTION (the oldest of the highest priority); " \
	"mq_send(), DESCRIPTION"

static void send_tagged(mqd_t queue, uint64_t tag, unsigned priority)
{
	need(mq_send(queue, (const char *)&tag, sizeof(tag), priority));
}

/* The claim: the next message is TAG, with PRIORITY. */
#define must_receive_tagged(queue, tag, priority) \
	must_receive_tagged_at((queue), (tag), (priority), __FILE__, __LINE__)
static void must_receive_tagged_at(mqd_t queue, uint64_t tag, unsigned priority,
	const char *file, int line)
{
	uint64_t got = 0;
	unsigned at = UINT_MAX;

	need(mq_receive(queue, (char *)&got, sizeof(got), &at));
	if (got != tag || at != priority)
		claim_assert_failed(file, line, "must_receive_tagged",
			"message %u came with priority %u when %u with %u was due",
			(unsigned)got, at, (unsigned)tag, priority);
}

static mqd_t queue_of_tagged(void)
{
	return queue_made_of("q", O_RDWR, DEPTH, sizeof(uint64_t));
}

static const struct {
	const char *name;
	unsigned priorities[DEPTH];
} orders[] = {
	{"ascending", {0, 1, 2, 3, 30, 31, 32, 1000}},
	{"descending", {1000, 32, 31, 30, 3, 2, 1, 0}},
	{"shuffled", {30, 0, 1000, 2, 31, 1, 32, 3}},
};

CASE_EACH(posix_mq, data, highest_priority_first, orders,
	.claim = "messages are received in the order of decreasing priority, whatever the "
		 "order in which they were sent",
	.level = LEVEL_POSIX, .spec = SPEC_ORDER)
{
	static const unsigned descending[DEPTH] = {1000, 32, 31, 30, 3, 2, 1, 0};
	const mqd_t queue = queue_of_tagged();

	for (int i = 0; i < DEPTH; i++)
		send_tagged(queue, row->priorities[i], row->priorities[i]);
	for (int i = 0; i < DEPTH; i++)
		must_receive_tagged(queue, descending[i], descending[i]);
}

static const struct {
	const char *name;
	unsigned priority;
} one_priority[] = {
	{"0", 0},
	{"7", 7},
	{"31", 31},
};

CASE_EACH(posix_mq, data, fifo_within_priority, one_priority,
	.claim = "messages of equal priority are received in the order in which they were sent",
	.level = LEVEL_POSIX, .spec = SPEC_ORDER)
{
	const mqd_t queue = queue_of_tagged();

	for (unsigned i = 0; i < DEPTH; i++)
		send_tagged(queue, i, row->priority);
	for (unsigned i = 0; i < DEPTH; i++)
		must_receive_tagged(queue, i, row->priority);
}

/* A message of which only the tag is in its bytes. */
struct tagged {
	unsigned tag, priority;
};

/* What the queue ought to hold, in the order of sending. */
struct model {
	struct tagged messages[DEPTH];
	int count;
};

/* Takes the message that is due out of MODEL. */
static struct tagged model_take(struct model *model)
{
	int due = 0;

	for (int i = 1; i < model->count; i++)
		if (model->messages[i].priority > model->messages[due].priority)
			due = i;
	const struct tagged taken = model->messages[due];
	model->count--;
	for (int i = due; i < model->count; i++)
		model->messages[i] = model->messages[i + 1];
	return taken;
}

static uint32_t next_random(uint32_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 17;
	*state ^= *state << 5;
	return *state;
}

static const struct {
	const char *name;
	unsigned priorities; /* how many there are */
} spreads[] = {
	{"3-priorities", 3},
	{"all-priorities", _POSIX_MQ_PRIO_MAX},
};

CASE_EACH(posix_mq, data, mixed_priorities_are_stably_sorted, spreads,
	.claim = "in any sequence of sends and receives, each receive returns the oldest of "
		 "the messages that then have the highest priority",
	.level = LEVEL_POSIX, .spec = SPEC_ORDER)
{
	const mqd_t queue = queue_of_tagged();
	struct model model = {.count = 0};
	uint32_t random = 20240613;

	for (unsigned step = 0; step < 3000; step++) {
		const uint32_t dice = next_random(&random);

		/* More sends than receives, so that it is full most of the time. */
		if (model.count == DEPTH || (model.count > 0 && dice % 5 < 2)) {
			const struct tagged due = model_take(&model);

			must_receive_tagged(queue, due.tag, due.priority);
		} else {
			const struct tagged sent = {step, (dice >> 8) % row->priorities};

			send_tagged(queue, sent.tag, sent.priority);
			model.messages[model.count++] = sent;
		}
	}
	ck_assert_int_eq(queue_messages(queue), model.count);
}

static void send_nine(void *queue)
{
	send_tagged(*(mqd_t *)queue, 9, 9);
}

CASE(posix_mq, data, admitted_sender_message_takes_its_priority_place,
	.claim = "the message of a sender that had to wait for room is received according to "
		 "its priority, before older ones of lower priority",
	.level = LEVEL_POSIX, .spec = SPEC_ORDER, .needs = NEED_BLOCK_PROOF)
{
	mqd_t queue = queue_made_of("q", O_RDWR, 3, sizeof(uint64_t));
	for (int i = 0; i < 3; i++)
		send_tagged(queue, 1, 1);

	struct peer sender = peer_start(send_nine, &queue);
	peer_wait_blocked(&sender, "mq_send");
	must_receive_tagged(queue, 1, 1);
	peer_join(&sender);

	must_receive_tagged(queue, 9, 9);
	must_receive_tagged(queue, 1, 1);
	must_receive_tagged(queue, 1, 1);
}
