/*
 * peer_death_receiving: a receiver is killed at every instruction, and at every call, of
 * mq_receive() and mq_timedreceive().  Victims ask nothing of their calls: what they did is
 * seen by who comes after them.
 */
#include <fcntl.h>

#include "waits.h"

enum { DEPTH = 3 };

struct receiving_state {
	mqd_t queue;
	struct peer receiver, sender;
	struct timespec deadline;
	char taken[QUEUE_BYTES]; /* by the victim */
	char got[QUEUE_BYTES];   /* by .receiver */
};

static void receive_victims(void *state)
{
	struct receiving_state *const at = state;

	(void)mq_receive(at->queue, at->taken, sizeof(at->taken), NULL);
}

static void timedreceive_victims(void *state)
{
	struct receiving_state *const at = state;

	(void)mq_timedreceive(at->queue, at->taken, sizeof(at->taken), NULL,
		&at->deadline);
}

static void begin(struct receiving_state *at, long depth)
{
	at->queue = queue_made_of("q", O_RDWR, depth, QUEUE_BYTES);
	at->deadline = in_an_hour();
}

static void full_queue(void *state)
{
	struct receiving_state *const at = state;

	begin(at, DEPTH);
	queue_put(at->queue, "low", 1);
	queue_put(at->queue, "high", 9);
	queue_put(at->queue, "middle", 5);
}

static void whole_or_absent(void *state)
{
	const struct receiving_state *const at = state;

	if (queue_messages(at->queue) == DEPTH)
		must_receive(at->queue, "high");
	must_receive(at->queue, "middle");
	must_receive(at->queue, "low");
	queue_must_be_usable(at->queue, DEPTH);
}

static void send_next(void *state)
{
	const struct receiving_state *const at = state;

	must_succeed(mq_send(at->queue, "next", 4, 0));
}

static void full_queue_and_sender(void *state)
{
	struct receiving_state *const at = state;

	begin(at, 1);
	queue_put(at->queue, "first", 0);
	at->sender = peer_start(send_next, at);
	peer_wait_blocked(&at->sender, "mq_send");
}

/* The room is made by the victim, or by who receives next. */
static void sender_is_admitted(void *state)
{
	struct receiving_state *const at = state;
	char got[QUEUE_BYTES] = "";

	must_succeed(mq_receive(at->queue, got, sizeof(got), NULL));
	if (strcmp(got, "next") != 0) {
		ck_assert_str_eq(got, "first");
		memset(got, 0, sizeof(got));
		must_succeed(mq_receive(at->queue, got, sizeof(got), NULL));
		ck_assert_str_eq(got, "next");
	}
	peer_join(&at->sender);
	queue_must_be_usable(at->queue, 1);
}

/* One more, who queues up behind the victim. */
static void receive_behind_victim(void *state)
{
	struct receiving_state *const at = state;

	(void)victim_wait_blocked("mq_receive");
	must_succeed(mq_receive(at->queue, at->got, sizeof(at->got), NULL));
}

/* Sends once both wait, or the victim never will. */
static void send_when_both_wait(void *state)
{
	struct receiving_state *const at = state;

	(void)victim_wait_blocked("mq_receive");
	peer_wait_blocked(&at->receiver, "mq_receive");
	must_succeed(mq_send(at->queue, "first", 5, 0));
}

static void queue_and_receiver(void *state)
{
	struct receiving_state *const at = state;

	begin(at, DEPTH);
	at->receiver = peer_start(receive_behind_victim, at);
	at->sender = peer_start(send_when_both_wait, at);
}

/* The first message is the victim's or the other receiver's, who gets the second then. */
static void receiver_is_served(void *state)
{
	struct receiving_state *const at = state;

	peer_join(&at->sender);
	send_next(at);
	ck_assert_msg(peers_asleep(&at->receiver, 1, "mq_receive") == 0,
		"the receiver sleeps on beside a message");
	peer_join(&at->receiver);
	if (strcmp(at->got, "next") != 0) {
		ck_assert_str_eq(at->got, "first");
		must_receive(at->queue, "next");
	}
	queue_must_be_usable(at->queue, DEPTH);
}

#define RECEIVING                                                                        \
	.level = LEVEL_LINUX,                                                            \
	.spec = "mq_receive(3), DESCRIPTION (one call removes the message); signal(7), " \
		"SIGKILL",                                                               \
	.state_bytes = sizeof(struct receiving_state)

SWEEP(posix_mq, peer_death,
	mq_receive_killed_at_any_instruction_leaves_message_whole_or_absent,
	.attack = ATTACK_EVERY_INSTRUCTION,
	.setup = full_queue,
	.victim = receive_victims,
	.survivor = whole_or_absent,
	.claim = "after a death inside mq_receive() the message is in the queue, whole and in its "
		 "place, or not, and the queue is good",
	RECEIVING);

SWEEP(posix_mq, peer_death, mq_receive_killed_at_any_call_leaves_message_whole_or_absent,
	.attack = ATTACK_EVERY_CALL,
	.setup = full_queue,
	.victim = receive_victims,
	.survivor = whole_or_absent,
	.claim = "after a death at a call of mq_receive() the message is in the queue, whole and in "
		 "its place, or not, and the queue is good",
	RECEIVING);

SWEEP(posix_mq, peer_death,
	mq_timedreceive_killed_at_any_instruction_leaves_message_whole_or_absent,
	.attack = ATTACK_EVERY_INSTRUCTION,
	.setup = full_queue,
	.victim = timedreceive_victims,
	.survivor = whole_or_absent,
	.claim = "after a death inside mq_timedreceive() the message is in the queue, whole and in "
		 "its place, or not, and the queue is good",
	RECEIVING);

SWEEP(posix_mq, peer_death, mq_timedreceive_killed_at_any_call_leaves_message_whole_or_absent,
	.attack = ATTACK_EVERY_CALL,
	.setup = full_queue,
	.victim = timedreceive_victims,
	.survivor = whole_or_absent,
	.claim = "after a death at a call of mq_timedreceive() the message is in the queue, whole "
		 "and in its place, or not, and the queue is good",
	RECEIVING);

SWEEP(posix_mq, peer_death, mq_receive_killed_at_any_instruction_forgets_no_sender,
	.attack = ATTACK_EVERY_INSTRUCTION,
	.setup = full_queue_and_sender,
	.victim = receive_victims,
	.survivor = sender_is_admitted,
	.claim = "after a death inside mq_receive() from a full queue a sender that waited is "
		 "admitted, by it or by the next receiver",
	RECEIVING);

SWEEP(posix_mq, peer_death, mq_receive_killed_at_any_call_forgets_no_sender,
	.attack = ATTACK_EVERY_CALL,
	.setup = full_queue_and_sender,
	.victim = receive_victims,
	.survivor = sender_is_admitted,
	.claim = "after a death at a call of mq_receive() from a full queue a sender that waited "
		 "is admitted, by it or by the next receiver",
	RECEIVING);

SWEEP(posix_mq, peer_death, waiting_mq_receive_killed_at_any_instruction_forgets_no_receiver,
	.attack = ATTACK_EVERY_INSTRUCTION,
	.setup = queue_and_receiver,
	.victim = receive_victims,
	.survivor = receiver_is_served,
	.claim = "after a death inside mq_receive() on an empty queue the receiver that waits "
		 "behind it gets a message",
	RECEIVING);

SWEEP(posix_mq, peer_death, waiting_mq_receive_killed_at_any_call_forgets_no_receiver,
	.attack = ATTACK_EVERY_CALL,
	.setup = queue_and_receiver,
	.victim = receive_victims,
	.survivor = receiver_is_served,
	.claim = "after a death at a call of mq_receive() on an empty queue the receiver that waits "
		 "behind it gets a message",
	RECEIVING);

SWEEP(posix_mq, peer_death,
	waiting_mq_timedreceive_killed_at_any_instruction_forgets_no_receiver,
	.attack = ATTACK_EVERY_INSTRUCTION,
	.setup = queue_and_receiver,
	.victim = timedreceive_victims,
	.survivor = receiver_is_served,
	.claim = "after a death inside mq_timedreceive() on an empty queue the receiver that waits "
		 "behind it gets a message",
	RECEIVING);
