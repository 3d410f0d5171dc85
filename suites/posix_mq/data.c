/*
 * data: that a message arrives as it was sent, on each of the ways that it can take.
 */
#include <fcntl.h>
#include <limits.h>
#include <unistd.h>

#include "paths.h"
#include "waits.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Around the sizes at which a kernel may cut a message into pieces: a page of 4,096 bytes,
 * less the 48 of a head. */
static const size_t lengths[] = {
	0, 1, 47, 48, 4047, 4048, 4049, 4095, 4096, 4097, 8191, 8192};

CASE_EACH(posix_mq, data, payload_intact_across_sizes, queue_paths,
	.claim = "messages of 0 to 8,192 bytes, around the sizes at which they may be "
		 "kept in pieces, with all values of a byte, arrive unchanged",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_send(), mq_receive(), DESCRIPTION",
	.needs = NEED_BLOCK_PROOF)
{
	const mqd_t queue = queue_made_of("q", O_RDWR, 1, MESSAGE_BYTES);
	static struct message sent, got;

	for (size_t i = 0; i < COUNT(lengths); i++) {
		message_make(&sent, lengths[i], 0);
		message_pass(queue, row, &sent, &got);
		must_be_same(&got, &sent);
	}
}

CASE_EACH(posix_mq, data, receive_returns_message_length, queue_paths,
	.claim = "mq_receive() returns the length of the message, whatever that of the buffer",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_receive(), RETURN VALUE",
	.needs = NEED_BLOCK_PROOF)
{
	const mqd_t queue = queue_made_of("q", O_RDWR, 1, QUEUE_BYTES);
	static struct message sent, got;

	for (size_t length = 0; length <= QUEUE_BYTES; length += 4) {
		message_make(&sent, length, 0);
		message_pass(queue, row, &sent, &got);
		ck_assert_uint_eq(got.length, length);
	}
}

/* The claim: of a message that waits in QUEUE each receiving call stores PRIORITY. */
static void must_report(mqd_t queue, unsigned priority)
{
	char message[QUEUE_BYTES];

	for (int i = 0; i < RECEIVINGS; i++) {
		unsigned got = UINT_MAX;

		queue_put(queue, "x", priority);
		must_move(queue_receivings[i].call(queue, message, sizeof(message), &got),
			1);
		ck_assert_uint_eq(got, priority);
	}
}

CASE_EACH(posix_mq, data, priority_is_reported, queue_paths,
	.claim = "mq_receive() and mq_timedreceive() store the priority that mq_send() "
		 "was given, from 0 to MQ_PRIO_MAX - 1",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_receive(), DESCRIPTION (msg_prio)",
	.needs = NEED_BLOCK_PROOF)
{
	const unsigned priorities[] = {
		0, 1, 31, (unsigned)need(sysconf(_SC_MQ_PRIO_MAX)) - 1};
	const mqd_t queue = queue_made_of("q", O_RDWR, 1, QUEUE_BYTES);
	static struct message sent, got;

	for (size_t i = 0; i < COUNT(priorities); i++) {
		message_make(&sent, 1, priorities[i]);
		message_pass(queue, row, &sent, &got);
		ck_assert_uint_eq(got.priority, priorities[i]);
		must_report(queue, priorities[i]);
	}
}

/* A receive that asks for no priority. */
struct plain_receive {
	mqd_t queue;
	const struct receiving *receiving;
};

static void receive_plainly(void *arg)
{
	const struct plain_receive *plain = arg;
	char message[QUEUE_BYTES] = "";

	must_move(plain->receiving->call(plain->queue, message, sizeof(message), NULL),
		1);
	ck_assert_int_eq(message[0], 'x');
}

CASE_EACH(posix_mq, data, null_priority_pointer_accepted, queue_receivings,
	.claim = "mq_receive() and mq_timedreceive() with a null msg_prio return the message, "
		 "whether it is there or they wait for it",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_receive(), DESCRIPTION (if msg_prio is not NULL)",
	.needs = NEED_BLOCK_PROOF)
{
	struct plain_receive plain = {queue_made("q", O_RDWR), row};

	need(mq_send(plain.queue, "x", 1, 5));
	receive_plainly(&plain);

	struct peer receiver = peer_start(receive_plainly, &plain);
	peer_wait_blocked(&receiver, "mq_receive");
	need(mq_send(plain.queue, "x", 1, 5));
	peer_join(&receiver);
}

/* The claim: the next message is another than that which has been received. */
static void receive_later_one(void *arg)
{
	must_receive(*(mqd_t *)arg, "later");
}

CASE_EACH(posix_mq, data, receive_removes_message, queue_paths,
	.claim = "a message that has been received is gone for every other descriptor and "
		 "process",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_receive(), DESCRIPTION",
	.needs = NEED_BLOCK_PROOF)
{
	const mqd_t queue = queue_made_of("q", O_RDWR, 1, QUEUE_BYTES);
	mqd_t other = queue_opened("q", O_RDONLY);
	static struct message sent, got;

	message_make(&sent, 1, 0);
	message_pass(queue, row, &sent, &got);
	ck_assert_int_eq(queue_messages(other), 0);
	queue_put(queue, "later", 0);
	struct peer process = peer_start(receive_later_one, &other);
	peer_join(&process);
}

CASE(posix_mq, data, message_boundaries_kept,
	.claim = "messages are neither joined nor divided, whatever the lengths of those "
		 "before and after",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_send(), mq_receive(), DESCRIPTION")
{
	static const size_t sizes[] = {1, QUEUE_BYTES, 0, 2};
	const mqd_t queue = queue_made_of("q", O_RDWR, COUNT(sizes), QUEUE_BYTES);
	static struct message sent[COUNT(sizes)], got;

	for (size_t i = 0; i < COUNT(sizes); i++) {
		message_make(&sent[i], sizes[i], (unsigned)(COUNT(sizes) - i));
		need(mq_send(queue, (char *)sent[i].bytes, sizes[i], sent[i].priority));
	}
	for (size_t i = 0; i < COUNT(sizes); i++) {
		got.length = (size_t)must_succeed(mq_receive(queue, (char *)got.bytes,
			sizeof(got.bytes), &got.priority));
		must_be_same(&got, &sent[i]);
	}
	ck_assert_int_eq(queue_messages(queue), 0);
}

static const struct {
	const char *name;
	size_t length;
} buffers[] = {
	{"small", QUEUE_BYTES},
	{"pages", MESSAGE_BYTES},
};

CASE_EACH(posix_mq, data, send_copies_buffer, buffers,
	.claim = "what the sender writes into its buffer after mq_send() has returned does "
		 "not alter the message",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_send(), DESCRIPTION (the message is added to the queue)")
{
	const mqd_t queue = queue_made_of("q", O_RDWR, 1, (long)row->length);
	static struct message sent, reused, got;
	message_make(&sent, row->length, 0);
	reused = sent;

	need(mq_send(queue, (char *)reused.bytes, row->length, 0));
	memset(reused.bytes, MESSAGE_POISON, row->length);
	got.length = (size_t)must_succeed(mq_receive(queue, (char *)got.bytes,
		sizeof(got.bytes), &got.priority));
	must_be_same(&got, &sent);
}

CASE_EACH(posix_mq, data, buffer_beyond_message, queue_paths,
	.claim = "mq_receive() of a message shorter than the buffer leaves the rest of the "
		 "buffer alone, or alters it",
	.level = LEVEL_POSIX_MAY,
	.spec = "POSIX.1-2024 mq_receive(), DESCRIPTION (silent about the rest of the buffer)",
	.needs = NEED_BLOCK_PROOF)
{
	const mqd_t queue = queue_made_of("q", O_RDWR, 1, QUEUE_BYTES);
	static struct message sent, got;
	size_t end;

	message_make(&sent, 3, 0);
	message_pass(queue, row, &sent, &got);
	must_be_same(&got, &sent);
	for (end = got.length; end < MESSAGE_BYTES && got.bytes[end] == MESSAGE_POISON;)
		end++;
	note_choice("rest of the buffer", end == MESSAGE_BYTES ? "unchanged" : "altered",
		"unchanged", "altered");
}

/* A message that a peer is to receive, or sends. */
struct delivery {
	mqd_t queue;
	struct message message;
};

static void receive_delivery(void *arg)
{
	const struct delivery *delivery = arg;
	static struct message got;

	got.length = (size_t)must_succeed(mq_receive(delivery->queue, (char *)got.bytes,
		sizeof(got.bytes), &got.priority));
	must_be_same(&got, &delivery->message);
}

CASE_EACH(posix_mq, data, handoff_to_blocked_receiver_is_faithful, buffers,
	.claim = "a message sent when another process waits for one reaches it with its "
		 "bytes, length and priority",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_receive(), DESCRIPTION",
	.needs = NEED_BLOCK_PROOF)
{
	static struct delivery delivery;
	struct message *const sent = &delivery.message;
	delivery.queue = queue_made_of("q", O_RDWR, 1, (long)row->length);
	message_make(sent, row->length, 7);

	struct peer receiver = peer_start(receive_delivery, &delivery);
	peer_wait_blocked(&receiver, "mq_receive");
	need(mq_send(delivery.queue, (char *)sent->bytes, sent->length, sent->priority));
	peer_join(&receiver);
}
