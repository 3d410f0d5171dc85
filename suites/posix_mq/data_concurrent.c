/*
 * data_concurrent: many senders and receivers at once: nothing is lost, doubled, torn or out
 * of order.  Every message is checked, and the work is bounded.
 */
#include <fcntl.h>
#include <limits.h>
#include <stdatomic.h>

#include "waits.h"

enum { SENDERS = 3, RECEIVERS = 3, EACH = 40 };
/* Of the message that ends a receiver: the sender, and a priority by which it comes last. */
enum { NOBODY = SENDERS, ORDINARY = 1, LAST = 0 };

/* One of who takes part. */
struct part {
	mqd_t queue;
	unsigned sender;
	atomic_uchar *seen; /* in the arena: how often each message was received */
};

struct numbered {
	unsigned sender, number;
};

static void send_numbered(void *arg)
{
	const struct part *part = arg;

	for (unsigned n = 0; n < EACH; n++) {
		const struct numbered message = {part->sender, n};

		must_succeed(mq_send(part->queue, (const char *)&message, sizeof(message),
			ORDINARY));
	}
}

static void receive_numbered(void *arg)
{
	const struct part *part = arg;
	struct numbered message = {NOBODY, 0};

	for (;;) {
		must_move(mq_receive(part->queue, (char *)&message, sizeof(message),
				  NULL),
			sizeof(message));
		if (message.sender == NOBODY)
			break;
		ck_assert_uint_lt(message.sender, SENDERS);
		ck_assert_uint_lt(message.number, EACH);
		atomic_fetch_add(&part->seen[message.sender * EACH + message.number], 1);
	}
}

static struct part contest_made(long depth)
{
	return (struct part){
		.queue = queue_made_of("q", O_RDWR, depth, sizeof(struct numbered)),
		.seen = arena(SENDERS * EACH),
	};
}

/* SENDERS have sent all they had to; ends RECEIVERS, and demands that these together have
 * received each message once. */
static void must_be_complete(const struct part *contest, struct peer *senders,
	struct peer *receivers)
{
	const struct numbered last = {NOBODY, 0};

	for (int i = 0; i < SENDERS; i++)
		peer_join(&senders[i]);
	for (int i = 0; i < RECEIVERS; i++)
		need(mq_send(contest->queue, (const char *)&last, sizeof(last), LAST));
	for (int i = 0; i < RECEIVERS; i++)
		peer_join(&receivers[i]);
	for (int i = 0; i < SENDERS * EACH; i++)
		ck_assert_msg(contest->seen[i] == 1,
			"message %d of sender %d was received %d times", i % EACH,
			i / EACH, contest->seen[i]);
	ck_assert_int_eq(queue_messages(contest->queue), 0);
}

static const struct {
	const char *name;
	long depth;
} depths[] = {
	{"1-message", 1},
	{"10-messages", 10},
};

CASE_EACH(posix_mq, data, concurrent_transfer_loses_and_duplicates_nothing, depths,
	.claim = "with several processes that send and several that receive, every message "
		 "sent is received exactly once",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_send(), mq_receive(), DESCRIPTION")
{
	struct part contest = contest_made(row->depth);
	struct peer senders[SENDERS], receivers[RECEIVERS];

	for (int i = 0; i < RECEIVERS; i++)
		receivers[i] = peer_start(receive_numbered, &contest);
	for (unsigned i = 0; i < SENDERS; i++) {
		contest.sender = i;
		senders[i] = peer_start(send_numbered, &contest);
	}
	must_be_complete(&contest, senders, receivers);
}

CASE_EACH(posix_mq, data, threads_share_descriptor_safely, depths,
	.claim = "threads of one process that send and receive through one descriptor "
		 "transfer every message exactly once",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 System Interfaces 2.9.1, Thread-Safety")
{
	const struct part contest = contest_made(row->depth);
	struct peer senders[SENDERS], receivers[RECEIVERS];
	struct part parts[SENDERS];

	for (unsigned i = 0; i < SENDERS; i++) {
		parts[i] = contest;
		parts[i].sender = i;
	}
	for (int i = 0; i < RECEIVERS; i++)
		receivers[i] = thread_start(receive_numbered, &parts[0]);
	for (int i = 0; i < SENDERS; i++)
		senders[i] = thread_start(send_numbered, &parts[i]);
	must_be_complete(&contest, senders, receivers);
}

CASE(posix_mq, data, per_sender_order_kept_under_concurrency,
	.claim = "a receiver gets the messages of each of several senders, of equal priority, "
		 "in the order in which that sender sent them",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_send(), mq_receive(), DESCRIPTION (the oldest of the highest "
		"priority)")
{
	struct part contest = contest_made(4);
	unsigned due[SENDERS] = {0};
	struct peer senders[SENDERS];

	for (unsigned i = 0; i < SENDERS; i++) {
		contest.sender = i;
		senders[i] = peer_start(send_numbered, &contest);
	}
	for (int i = 0; i < SENDERS * EACH; i++) {
		struct numbered got = {NOBODY, 0};

		must_move(mq_receive(contest.queue, (char *)&got, sizeof(got), NULL),
			sizeof(got));
		ck_assert_uint_lt(got.sender, SENDERS);
		ck_assert_uint_eq(got.number, due[got.sender]);
		due[got.sender]++;
	}
	for (int i = 0; i < SENDERS; i++)
		peer_join(&senders[i]);
}

enum { SHEET_BYTES = 8192, SHEETS = 15 };

/* A message of which every byte is the same, and no other's. */
static size_t sheet_make(unsigned char *bytes, unsigned sender, unsigned number)
{
	const size_t length = SHEET_BYTES - 1000 * sender - number;

	memset(bytes, (int)(sender * SHEETS + number), length);
	return length;
}

static void send_sheets(void *arg)
{
	const struct part *part = arg;
	static unsigned char bytes[SHEET_BYTES];

	for (unsigned n = 0; n < SHEETS; n++) {
		const size_t length = sheet_make(bytes, part->sender, n);

		must_succeed(mq_send(part->queue, (const char *)bytes, length, 0));
	}
}

CASE(posix_mq, data, concurrent_messages_not_torn,
	.claim = "with several senders at once, no message that is received mixes bytes of two",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_send(), DESCRIPTION")
{
	static unsigned char got[SHEET_BYTES], whole[SHEET_BYTES];
	struct part part = {.queue = queue_made_of("q", O_RDWR, 2, SHEET_BYTES)};
	struct peer senders[SENDERS];

	for (unsigned i = 0; i < SENDERS; i++) {
		part.sender = i;
		senders[i] = peer_start(send_sheets, &part);
	}
	for (int i = 0; i < SENDERS * SHEETS; i++) {
		const ssize_t length = must_succeed(mq_receive(part.queue, (char *)got,
			sizeof(got), NULL));

		ck_assert_uint_lt(got[0], SENDERS * SHEETS);
		must_move(length, sheet_make(whole, got[0] / SHEETS, got[0] % SHEETS));
		ck_assert_mem_eq(got, whole, length);
	}
	for (int i = 0; i < SENDERS; i++)
		peer_join(&senders[i]);
}

enum { ROUNDS = 5, ROUND = 3 };

static void send_mixed_priorities(void *arg)
{
	const struct part *part = arg;

	for (unsigned round = 0; round < ROUNDS; round++) {
		race_start(SENDERS);
		for (unsigned n = 0; n < ROUND; n++)
			must_succeed(mq_send(part->queue, "x", 1,
				(part->sender * 7 + n * 5 + round) % 11));
		peer_rest();
	}
}

CASE(posix_mq, data, concurrent_priorities_drain_sorted,
	.claim = "after several senders have sent messages of mixed priorities at once, they "
		 "are received in an order of priorities that never increases",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_send(), mq_receive(), DESCRIPTION")
{
	struct part part = contest_made(SENDERS * ROUND);
	struct peer senders[SENDERS];

	for (unsigned i = 0; i < SENDERS; i++) {
		part.sender = i;
		senders[i] = peer_start(send_mixed_priorities, &part);
	}
	for (int round = 0; round < ROUNDS; round++) {
		unsigned before = 10, now = 0;
		char message[sizeof(struct numbered)];

		for (int i = 0; i < SENDERS; i++)
			peer_wait_resting(&senders[i]);
		for (int i = 0; i < SENDERS * ROUND; i++, before = now) {
			now = UINT_MAX;
			must_move(mq_receive(part.queue, message, sizeof(message), &now),
				1);
			ck_assert_uint_le(now, before);
		}
		for (int i = 0; i < SENDERS; i++)
			peer_resume(&senders[i]);
	}
	for (int i = 0; i < SENDERS; i++)
		peer_join(&senders[i]);
}
