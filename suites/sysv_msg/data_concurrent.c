/*
 * data_concurrent: many senders and receivers of one queue that holds few messages, so that
 * all of them wait now and then.  Every message is checked.
 */
#include <stdatomic.h>
#include <sys/msg.h>

#include "assay.h"
#include "delivery.h"
#include "parcel.h"
#include "queue.h"

enum { SENDERS = 3, RECEIVERS = 3, EACH = 150, LARGE_EACH = 15, SMALL = 24, LAST = 1000 };

/* What a sender sends and what a receiver takes; the counts are in the arena. */
struct traffic {
	int id;
	uint32_t sender;
	long selects;
	atomic_uchar *taken; /* how often each message came: EACH for each sender */
};

/* The type of a parcel, 1 to RECEIVERS, in no order. */
static long type_of(uint32_t sender, uint32_t number)
{
	return 1 + (long)(((sender * 7919 + number) * 2654435761u) >> 16) % RECEIVERS;
}

static void send_small(void *arg)
{
	const struct traffic *traffic = arg;
	struct parcel parcel;

	for (uint32_t n = 0; n < EACH; n++) {
		parcel_make(&parcel, traffic->sender, n, SMALL);
		parcel.type = type_of(traffic->sender, n);
		must_succeed(msgsnd(traffic->id, &parcel, SMALL, 0));
	}
}

/* Takes parcels until one has the number LAST. */
static void take_small(void *arg)
{
	const struct traffic *traffic = arg;
	struct parcel got;

	for (;;) {
		const ssize_t length = must_succeed(msgrcv(traffic->id, &got, PARCEL_MAX,
			traffic->selects, 0));

		parcel_check(&got, length, SMALL);
		if (got.number == LAST)
			return;
		ck_assert_uint_lt(got.sender, SENDERS);
		ck_assert_uint_lt(got.number, EACH);
		ck_assert_int_eq(got.type, type_of(got.sender, got.number));
		if (traffic->selects > 0)
			ck_assert_int_eq(got.type, traffic->selects);
		atomic_fetch_add(&traffic->taken[got.sender * EACH + got.number], 1);
	}
}

static void start_senders(struct peer *senders, struct traffic traffic,
	void (*function)(void *))
{
	for (uint32_t i = 0; i < SENDERS; i++) {
		traffic.sender = i;
		senders[i] = peer_start(function, &traffic);
	}
}

/* Runs SENDERS against RECEIVERS that select EACH_TYPE its own, or all the same; every message
 * must come once. */
static void exchange(bool each_type)
{
	struct traffic traffic = {.id = queue_limited(1, 5L * SMALL)};
	struct peer senders[SENDERS], receivers[RECEIVERS];
	struct parcel last;
	traffic.taken = arena(SENDERS * EACH);

	for (int i = 0; i < RECEIVERS; i++) {
		traffic.selects = each_type ? i + 1 : 0;
		receivers[i] = peer_start(take_small, &traffic);
	}
	start_senders(senders, traffic, send_small);
	for (int i = 0; i < SENDERS; i++)
		peer_join(&senders[i]);
	parcel_make(&last, SENDERS, LAST, SMALL);
	for (int i = 0; i < RECEIVERS; i++) {
		last.type = i + 1;
		need(msgsnd(traffic.id, &last, SMALL, 0));
	}
	for (int i = 0; i < RECEIVERS; i++)
		peer_join(&receivers[i]);
	for (int i = 0; i < SENDERS * EACH; i++)
		ck_assert_msg(traffic.taken[i] == 1,
			"message %d of sender %d came %d times", i % EACH, i / EACH,
			traffic.taken[i]);
	queue_must_be_empty(traffic.id);
}

CASE(sysv_msg, data, concurrent_transfer_loses_and_duplicates_nothing,
	.claim = "with several senders and receivers at once every message is received exactly "
		 "once",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 msgsnd() and msgrcv(), DESCRIPTION")
{
	exchange(false);
}

CASE(sysv_msg, data, concurrent_selective_receivers_partition,
	.claim = "receivers that select a type each get all messages of their type and no "
		 "others, while several senders send",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 msgrcv(), DESCRIPTION, msgtyp greater than 0")
{
	exchange(true);
}

/* From two pages to PARCEL_MAX bytes. */
static size_t large_size(uint32_t sender, uint32_t number)
{
	return 4200 + (sender * 1237 + number * 331) % (PARCEL_MAX - 4200 + 1);
}

static void send_large(void *arg)
{
	const struct traffic *traffic = arg;
	struct parcel parcel = {.type = 1};

	for (uint32_t n = 0; n < LARGE_EACH; n++) {
		const size_t size = large_size(traffic->sender, n);

		parcel_make(&parcel, traffic->sender, n, size);
		must_succeed(msgsnd(traffic->id, &parcel, size, 0));
	}
}

CASE(sysv_msg, data, concurrent_messages_not_torn,
	.claim = "no message of several pages has bytes of another one in it while several "
		 "senders send",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 msgsnd(), DESCRIPTION")
{
	struct traffic traffic = {.id = queue_made(1, 0600)};
	struct peer senders[SENDERS];
	struct parcel got;

	start_senders(senders, traffic, send_large);
	for (int i = 0; i < SENDERS * LARGE_EACH; i++) {
		const ssize_t length =
			must_succeed(msgrcv(traffic.id, &got, PARCEL_MAX, 0, 0));

		ck_assert_uint_lt(got.sender, SENDERS);
		parcel_check(&got, length, large_size(got.sender, got.number));
	}
	for (int i = 0; i < SENDERS; i++)
		peer_join(&senders[i]);
}

CASE(sysv_msg, data, per_sender_order_kept,
	.claim = "a receiver with msgtyp 0 gets the messages of each sender in the order in "
		 "which it sent them, while other senders send",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 msgrcv(), DESCRIPTION: the first message on the queue")
{
	struct traffic traffic = {.id = queue_limited(1, 5L * SMALL)};
	struct peer senders[SENDERS];
	uint32_t next[SENDERS] = {0};
	struct parcel got;

	start_senders(senders, traffic, send_small);
	for (int i = 0; i < SENDERS * EACH; i++) {
		const ssize_t length =
			must_succeed(msgrcv(traffic.id, &got, PARCEL_MAX, 0, 0));

		parcel_check(&got, length, SMALL);
		ck_assert_uint_lt(got.sender, SENDERS);
		ck_assert_uint_eq(got.number, next[got.sender]);
		next[got.sender]++;
	}
	for (int i = 0; i < SENDERS; i++)
		peer_join(&senders[i]);
}
