/*
 * peer_death_sending: a sender is killed at every instruction, and at every call, of mq_send()
 * and mq_timedsend().  Victims ask nothing of their calls: what they did is seen by who comes
 * after them.
 */
#include <fcntl.h>

#include "waits.h"

enum { DEPTH = 3 };

struct sending_state {
	mqd_t queue;
	struct peer receiver, sender;
	struct timespec deadline;
	char got[QUEUE_BYTES]; /* by .receiver */
};

static void send_victims(void *state)
{
	const struct sending_state *const at = state;

	(void)mq_send(at->queue, "victim", 6, 5);
}

static void timedsend_victims(void *state)
{
	const struct sending_state *const at = state;

	(void)mq_timedsend(at->queue, "victim", 6, 5, &at->deadline);
}

static void begin(struct sending_state *at, long depth)
{
	at->queue = queue_made_of("q", O_RDWR, depth, QUEUE_BYTES);
	at->deadline = in_an_hour();
}

static void queue_with_room(void *state)
{
	struct sending_state *const at = state;

	begin(at, DEPTH);
	queue_put(at->queue, "low", 1);
}

static void whole_or_absent(void *state)
{
	const struct sending_state *const at = state;

	if (queue_messages(at->queue) > 1)
		must_receive(at->queue, "victim");
	must_receive(at->queue, "low");
	queue_must_be_usable(at->queue, DEPTH);
}

static void receive_any(void *state)
{
	struct sending_state *const at = state;

	must_succeed(mq_receive(at->queue, at->got, sizeof(at->got), NULL));
}

static void queue_and_receiver(void *state)
{
	struct sending_state *const at = state;

	begin(at, DEPTH);
	at->receiver = peer_start(receive_any, at);
	peer_wait_blocked(&at->receiver, "mq_receive");
}

/* The receiver has the victim's message, or that of who sends next. */
static void receiver_is_served(void *state)
{
	struct sending_state *const at = state;

	queue_put(at->queue, "next", 0);
	ck_assert_msg(peers_asleep(&at->receiver, 1, "mq_receive") == 0,
		"the receiver sleeps on beside a message");
	peer_join(&at->receiver);
	if (strcmp(at->got, "next") != 0) {
		ck_assert_str_eq(at->got, "victim");
		must_receive(at->queue, "next");
	}
	queue_must_be_usable(at->queue, DEPTH);
}

/* One more, who queues up behind the victim. */
static void send_behind_victim(void *state)
{
	const struct sending_state *const at = state;

	(void)victim_wait_blocked("mq_send");
	must_succeed(mq_send(at->queue, "next", 4, 5));
}

/* Makes room once both wait, or the victim never will. */
static void receive_when_both_wait(void *state)
{
	struct sending_state *const at = state;

	(void)victim_wait_blocked("mq_send");
	peer_wait_blocked(&at->sender, "mq_send");
	receive_any(at);
	ck_assert_str_eq(at->got, "first");
}

static void full_queue_and_sender(void *state)
{
	struct sending_state *const at = state;

	begin(at, 1);
	queue_put(at->queue, "first", 0);
	at->sender = peer_start(send_behind_victim, at);
	at->receiver = peer_start(receive_when_both_wait, at);
}

/* The room that was made is the victim's or the other sender's; in the end that one's message is
 * there. */
static void sender_is_admitted(void *state)
{
	struct sending_state *const at = state;
	char got[QUEUE_BYTES] = "";

	peer_join(&at->receiver);
	must_succeed(mq_receive(at->queue, got, sizeof(got), NULL));
	if (strcmp(got, "next") != 0) {
		ck_assert_str_eq(got, "victim");
		memset(got, 0, sizeof(got));
		must_succeed(mq_receive(at->queue, got, sizeof(got), NULL));
		ck_assert_str_eq(got, "next");
	}
	peer_join(&at->sender);
	queue_must_be_usable(at->queue, 1);
}

#define SENDING                                                                    \
	.level = LEVEL_LINUX,                                                      \
	.spec = "mq_send(3), DESCRIPTION (one call adds the message); signal(7), " \
		"SIGKILL",                                                         \
	.state_bytes = sizeof(struct sending_state)

SWEEP(posix_mq, peer_death, mq_send_killed_at_any_instruction_leaves_message_whole_or_absent,
	.attack = ATTACK_EVERY_INSTRUCTION,
	.setup = queue_with_room,
	.victim = send_victims,
	.survivor = whole_or_absent,
	.claim = "after a death inside mq_send() its message is in the queue, whole and in its "
		 "place, or not, and the queue is good",
	SENDING);

SWEEP(posix_mq, peer_death, mq_send_killed_at_any_call_leaves_message_whole_or_absent,
	.attack = ATTACK_EVERY_CALL,
	.setup = queue_with_room,
	.victim = send_victims,
	.survivor = whole_or_absent,
	.claim = "after a death at a call of mq_send() its message is in the queue, whole and in "
		 "its place, or not, and the queue is good",
	SENDING);

SWEEP(posix_mq, peer_death,
	mq_timedsend_killed_at_any_instruction_leaves_message_whole_or_absent,
	.attack = ATTACK_EVERY_INSTRUCTION,
	.setup = queue_with_room,
	.victim = timedsend_victims,
	.survivor = whole_or_absent,
	.claim = "after a death inside mq_timedsend() its message is in the queue, whole and in "
		 "its place, or not, and the queue is good",
	SENDING);

SWEEP(posix_mq, peer_death, mq_timedsend_killed_at_any_call_leaves_message_whole_or_absent,
	.attack = ATTACK_EVERY_CALL,
	.setup = queue_with_room,
	.victim = timedsend_victims,
	.survivor = whole_or_absent,
	.claim = "after a death at a call of mq_timedsend() its message is in the queue, whole and "
		 "in its place, or not, and the queue is good",
	SENDING);

SWEEP(posix_mq, peer_death, mq_send_killed_at_any_instruction_forgets_no_receiver,
	.attack = ATTACK_EVERY_INSTRUCTION,
	.setup = queue_and_receiver,
	.victim = send_victims,
	.survivor = receiver_is_served,
	.claim = "after a death inside mq_send() a receiver that waited has its message, or gets "
		 "the next",
	SENDING);

SWEEP(posix_mq, peer_death, mq_send_killed_at_any_call_forgets_no_receiver,
	.attack = ATTACK_EVERY_CALL,
	.setup = queue_and_receiver,
	.victim = send_victims,
	.survivor = receiver_is_served,
	.claim = "after a death at a call of mq_send() a receiver that waited has its message, or "
		 "gets the next",
	SENDING);

SWEEP(posix_mq, peer_death, waiting_mq_send_killed_at_any_instruction_forgets_no_sender,
	.attack = ATTACK_EVERY_INSTRUCTION,
	.setup = full_queue_and_sender,
	.victim = send_victims,
	.survivor = sender_is_admitted,
	.claim = "after a death inside mq_send() to a full queue the sender that waits behind it "
		 "is admitted",
	SENDING);

SWEEP(posix_mq, peer_death, waiting_mq_send_killed_at_any_call_forgets_no_sender,
	.attack = ATTACK_EVERY_CALL,
	.setup = full_queue_and_sender,
	.victim = send_victims,
	.survivor = sender_is_admitted,
	.claim = "after a death at a call of mq_send() to a full queue the sender that waits "
		 "behind it is admitted",
	SENDING);

SWEEP(posix_mq, peer_death, waiting_mq_timedsend_killed_at_any_instruction_forgets_no_sender,
	.attack = ATTACK_EVERY_INSTRUCTION,
	.setup = full_queue_and_sender,
	.victim = timedsend_victims,
	.survivor = sender_is_admitted,
	.claim = "after a death inside mq_timedsend() to a full queue the sender that waits behind "
		 "it is admitted",
	SENDING);
