/*
 * data: what msgrcv() delivers of what msgsnd() was given.  A message that waits for its
 * receiver, and one for which a receiver waits, take different ways: most cases go both.
 */
#include <limits.h>
#include <string.h>
#include <sys/msg.h>

#include "assay.h"
#include "delivery.h"
#include "parcel.h"
#include "queue.h"

/* Around what kernels put into the first page and into later ones, with 64 and 32 bits. */
static const size_t lengths[] = {0, 1, 2, 63, 64, 65, 255, 256, 4047, 4048, 4049, 4071,
	4072, 4073, 4095, 4096, 4097, 8135, 8136, 8137, 8163, 8164, 8165, 8191, 8192};

enum { LENGTHS = sizeof(lengths) / sizeof(lengths[0]) };

struct bytes {
	long type;
	unsigned char text[PARCEL_MAX];
};

static void send_bytes(int id, size_t length)
{
	struct bytes message = {.type = 1};

	pattern_put(message.text, length, (uint32_t)length);
	need(msgsnd(id, &message, length, IPC_NOWAIT));
}

static void take_bytes(int id, size_t length)
{
	struct bytes got;

	must_move(msgrcv(id, &got, sizeof(got.text), 0, 0), length);
	pattern_check(got.text, length, (uint32_t)length);
}

static void take_each_length(void *id)
{
	for (int i = 0; i < LENGTHS; i++)
		take_bytes(*(const int *)id, lengths[i]);
}

CASE(sysv_msg, data, payload_intact_across_sizes,
	.claim = "messages of every length from 0 to 8192 around the boundaries of pages arrive "
		 "with the bytes that were sent",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 msgsnd() and msgrcv(), DESCRIPTION",
	.needs = NEED_BLOCK_PROOF)
{
	int id = queue_made(1, 0600);

	for (int i = 0; i < LENGTHS; i++) {
		send_bytes(id, lengths[i]);
		take_bytes(id, lengths[i]);
	}
	struct peer receiver = peer_start(take_each_length, &id);
	for (int i = 0; i < LENGTHS; i++) {
		peer_wait_blocked(&receiver, "msgrcv");
		send_bytes(id, lengths[i]);
	}
	peers_must_return(&receiver, 1, "msgrcv");
}

/* The claim: the message arrives as it is when it waits for the receiver, and when the
 * receiver waits for it. */
static void must_deliver(struct delivery message)
{
	send_delivery(&message);
	take_delivery(&message);

	struct peer receiver = peer_start(take_delivery, &message);
	peer_wait_blocked(&receiver, "msgrcv");
	send_delivery(&message);
	peers_must_return(&receiver, 1, "msgrcv");
}

CASE(sysv_msg, data, receive_returns_text_length,
	.claim = "msgrcv() returns the number of bytes of the text, without those of the type",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 msgrcv(), RETURN VALUE",
	.needs = NEED_BLOCK_PROOF)
{
	const int id = queue_made(1, 0600);

	must_deliver((struct delivery){id, 1, "", .flags = 0});
	must_deliver((struct delivery){id, 1, "x", .flags = 0});
	must_deliver((struct delivery){id, 1, "twenty-three characters", .flags = 0});
}

CASE(sysv_msg, data, type_is_delivered,
	.claim = "msgrcv() stores the type that the sender gave, from 1 to LONG_MAX",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 msgrcv(), DESCRIPTION, mtype",
	.needs = NEED_BLOCK_PROOF)
{
	const int id = queue_made(1, 0600);

	must_deliver((struct delivery){id, 1, "one", .selects = 0});
	must_deliver((struct delivery){id, 1, "one", .selects = 1});
	must_deliver((struct delivery){id, LONG_MAX, "most", .selects = 0});
	must_deliver((struct delivery){id, LONG_MAX, "most", .selects = LONG_MAX});
	must_deliver((struct delivery){id, LONG_MAX - 1, "less", .selects = -LONG_MAX});
}

CASE(sysv_msg, data, send_copies_buffer,
	.claim = "what the sender writes into its buffer after msgsnd() returned does not change "
		 "the message",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 msgsnd(), DESCRIPTION")
{
	const int id = queue_made(1, 0600);
	struct bytes message = {.type = 1}, got;

	pattern_put(message.text, sizeof(message.text), 1);
	need(msgsnd(id, &message, sizeof(message.text), IPC_NOWAIT));
	pattern_put(message.text, sizeof(message.text), 2);
	message.type = 2;

	must_move(msgrcv(id, &got, sizeof(got.text), 0, IPC_NOWAIT), sizeof(got.text));
	ck_assert_int_eq(got.type, 1);
	pattern_check(got.text, sizeof(got.text), 1);
}

CASE(sysv_msg, data, buffer_beyond_message,
	.claim = "msgrcv() leaves the bytes of the buffer behind the message as they were, or "
		 "changes them",
	.level = LEVEL_POSIX_MAY,
	.spec = "POSIX.1-2024 msgrcv(), DESCRIPTION (silent)")
{
	const int id = queue_made(1, 0600);
	char poison[60];
	struct message got;

	memset(poison, '#', sizeof(poison));
	memset(got.text, '#', sizeof(got.text));
	queue_put(id, {1, "abc"});
	must_move(msgrcv(id, &got, sizeof(got.text), 0, IPC_NOWAIT), 3);
	ck_assert_mem_eq(got.text, "abc", 3);
	note_choice("bytes beyond the message",
		memcmp(got.text + 3, poison, sizeof(poison)) == 0 ? "kept" : "changed",
		"kept", "changed");
}

enum { SHORT = 5000 };

static void take_large(void *id)
{
	struct bytes got = {.type = 0};

	must_move(msgrcv(*(const int *)id, &got, sizeof(got.text), 0, 0), PARCEL_MAX);
	ck_assert_int_eq(got.type, 77);
	pattern_check(got.text, PARCEL_MAX, 7);
}

/* Takes a message of which only so much fits, and finds the rest neither in the queue nor
 * behind the end of the buffer. */
static void take_truncated(void *id)
{
	struct bytes got = {.type = 0};

	must_move(msgrcv(*(const int *)id, &got, SHORT, 0, MSG_NOERROR), SHORT);
	ck_assert_int_eq(got.type, 77);
	pattern_check(got.text, SHORT, 7);
	for (int i = SHORT; i < PARCEL_MAX; i++)
		ck_assert_int_eq(got.text[i], 0);
}

CASE(sysv_msg, data, handoff_to_blocked_receiver_is_faithful,
	.claim = "a message for which a receiver waits arrives with its type, its length and all "
		 "its bytes, or with MSG_NOERROR as many as fit",
	.level = LEVEL_LINUX,
	.spec = "msgop(2), msgrcv(), MSG_NOERROR",
	.needs = NEED_BLOCK_PROOF)
{
	int id = queue_made(1, 0600);
	struct bytes message = {.type = 77};
	pattern_put(message.text, sizeof(message.text), 7);

	struct peer receiver = peer_start(take_large, &id);
	peer_wait_blocked(&receiver, "msgrcv");
	need(msgsnd(id, &message, sizeof(message.text), IPC_NOWAIT));
	peers_must_return(&receiver, 1, "msgrcv");

	receiver = peer_start(take_truncated, &id);
	peer_wait_blocked(&receiver, "msgrcv");
	need(msgsnd(id, &message, sizeof(message.text), IPC_NOWAIT));
	peers_must_return(&receiver, 1, "msgrcv");
	queue_must_be_empty(id);
}
