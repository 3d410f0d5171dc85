/*
 * peer_death_sweeps: a process that is killed at every instruction and at every call of
 * msgsnd() and msgrcv().  Victims ask nothing of their calls: what they did is seen by who
 * comes after them.
 */
#include <string.h>
#include <sys/msg.h>

#include "assay.h"
#include "delivery.h"
#include "queue.h"

#define EIGHT "12345678"

struct swept {
	int id;
	struct message of_victim;    /* what it sends, or where it receives */
	struct peer partner, second; /* of the victim; who waits behind it */
	struct message taken;        /* by the second, or by the partner */
};

static void init(struct swept *swept, msglen_t bytes)
{
	swept->id = queue_limited(1, bytes);
	swept->of_victim = (struct message){.type = 2, .text = "ofvictim"};
}

static void send_one(void *state)
{
	const struct swept *swept = state;

	(void)msgsnd(swept->id, &swept->of_victim, 8, 0);
}

static void receive_one(void *state)
{
	struct swept *const swept = state;

	(void)msgrcv(swept->id, &swept->of_victim, 8, 0, 0);
}

/* The claim: a message more, or room, is what the queue needs to work on. */
static void must_work_on(int id)
{
	queue_must_be_empty(id);
	must_succeed(message_send(id, 9, EIGHT, 0));
	queue_must_hold(id, {9, EIGHT});
}

/* --- The queue has room and a message in it. ------------------------------------------- */

static void one_message(void *state)
{
	struct swept *const swept = state;

	init(swept, 100);
	queue_put(swept->id, {1, "before"});
}

static void two_messages(void *state)
{
	struct swept *const swept = state;

	init(swept, 100);
	queue_put(swept->id, {1, "first"}, {3, "second"});
}

static void sent_whole_or_absent(void *state)
{
	const struct swept *swept = state;
	const msgqnum_t count = queue_status(swept->id).msg_qnum;

	must_take(swept->id, 0, 0, 1, "before");
	if (count == 2)
		must_take(swept->id, 0, 0, 2, "ofvictim");
	must_work_on(swept->id);
}

static void received_one_or_none(void *state)
{
	const struct swept *swept = state;
	const msgqnum_t count = queue_status(swept->id).msg_qnum;

	if (count == 2)
		must_take(swept->id, 0, 0, 1, "first");
	must_take(swept->id, 0, 0, 3, "second");
	must_work_on(swept->id);
}

/* --- Somebody waits for what the victim does. ------------------------------------------ */

static void take_any(void *state)
{
	struct swept *const swept = state;

	must_succeed(message_receive(swept->id, &swept->taken, 0, 0));
}

static void send_third(void *state)
{
	must_succeed(message_send(((struct swept *)state)->id, 3, EIGHT, 0));
}

static void receiver_waits(void *state)
{
	struct swept *const swept = state;

	init(swept, 100);
	swept->partner = peer_start(take_any, swept);
	peer_wait_blocked(&swept->partner, "msgrcv");
}

static void sender_waits(void *state)
{
	struct swept *const swept = state;

	init(swept, 8);
	queue_put(swept->id, {1, EIGHT});
	swept->partner = peer_start(send_third, swept);
	peer_wait_blocked(&swept->partner, "msgsnd");
}

/* The receiver gets the victim's message, or the one that is sent now. */
static void receiver_gets_one(void *state)
{
	struct swept *const swept = state;

	must_succeed(message_send(swept->id, 4, "late", 0));
	peer_join(&swept->partner);
	if (swept->taken.type == 2) {
		ck_assert_str_eq(swept->taken.text, "ofvictim");
		must_take(swept->id, 0, 0, 4, "late");
	} else {
		ck_assert_int_eq(swept->taken.type, 4);
		ck_assert_str_eq(swept->taken.text, "late");
	}
	must_work_on(swept->id);
}

/* The sender gets the room that the victim made, or that is made now. */
static void sender_gets_room(void *state)
{
	struct swept *const swept = state;
	struct message got;

	if (message_receive(swept->id, &got, 1, IPC_NOWAIT) != -1)
		ck_assert_str_eq(got.text, EIGHT);
	peer_join(&swept->partner);
	must_take(swept->id, 0, 0, 3, EIGHT);
	must_work_on(swept->id);
}

/* --- The victim waits, and another behind it. ------------------------------------------ */

static void take_behind_victim(void *state)
{
	(void)victim_wait_blocked("msgrcv");
	take_any(state);
}

static void send_to_both(void *state)
{
	struct swept *const swept = state;

	(void)victim_wait_blocked("msgrcv");
	peer_wait_blocked(&swept->second, "msgrcv");
	must_succeed(message_send(swept->id, 3, "early", 0));
}

static void two_receivers(void *state)
{
	struct swept *const swept = state;

	init(swept, 100);
	swept->second = peer_start(take_behind_victim, swept);
	swept->partner = peer_start(send_to_both, swept);
}

/* The second receiver gets the first message, or, where the victim did, the next. */
static void second_receiver_gets_one(void *state)
{
	struct swept *const swept = state;

	peer_join(&swept->partner);
	must_succeed(message_send(swept->id, 4, "late", 0));
	peer_join(&swept->second);
	if (swept->taken.type == 3) {
		ck_assert_str_eq(swept->taken.text, "early");
		must_take(swept->id, 0, 0, 4, "late");
	} else {
		ck_assert_int_eq(swept->taken.type, 4);
		ck_assert_str_eq(swept->taken.text, "late");
	}
	must_work_on(swept->id);
}

static void send_behind_victim(void *state)
{
	(void)victim_wait_blocked("msgsnd");
	send_third(state);
}

/* Makes room twice: for the victim and for the second sender, whoever comes first. */
static void make_room_for_both(void *state)
{
	struct swept *const swept = state;
	struct message got;

	(void)victim_wait_blocked("msgsnd");
	peer_wait_blocked(&swept->second, "msgsnd");
	must_succeed(message_receive(swept->id, &got, 1, IPC_NOWAIT));
	take_any(swept);
}

static void two_senders(void *state)
{
	struct swept *const swept = state;

	init(swept, 8);
	queue_put(swept->id, {1, EIGHT});
	swept->second = peer_start(send_behind_victim, swept);
	swept->partner = peer_start(make_room_for_both, swept);
}

/* One message was taken and at most one is left: the second sender's is there once, and the
 * victim's whole or not at all. */
static void second_sender_gets_room(void *state)
{
	struct swept *const swept = state;

	peer_join(&swept->partner);
	peer_join(&swept->second);
	if (swept->taken.type == 2) {
		ck_assert_str_eq(swept->taken.text, "ofvictim");
		must_take(swept->id, 0, 0, 3, EIGHT);
	} else if (queue_status(swept->id).msg_qnum > 0) {
		must_take(swept->id, 0, 0, 2, "ofvictim");
	}
	must_work_on(swept->id);
}

#define SWEPT                                                                       \
	.level = LEVEL_LINUX,                                                       \
	.spec = "msgop(2): a message is appended to the queue, or removed from it", \
	.state_bytes = sizeof(struct swept)

SWEEP(sysv_msg, peer_death, sender_killed_at_any_instruction_leaves_whole_message_or_none,
	.attack = ATTACK_EVERY_INSTRUCTION,
	.setup = one_message,
	.victim = send_one,
	.survivor = sent_whole_or_absent,
	.claim = "after a death inside msgsnd() its message is whole or absent, and the queue "
		 "works on",
	SWEPT);

SWEEP(sysv_msg, peer_death, sender_killed_at_any_call_leaves_whole_message_or_none,
	.attack = ATTACK_EVERY_CALL,
	.setup = one_message,
	.victim = send_one,
	.survivor = sent_whole_or_absent,
	.claim = "after a death at the call of msgsnd() its message is whole or absent, and the "
		 "queue works on",
	SWEPT);

SWEEP(sysv_msg, peer_death, receiver_killed_at_any_instruction_takes_one_message_or_none,
	.attack = ATTACK_EVERY_INSTRUCTION,
	.setup = two_messages,
	.victim = receive_one,
	.survivor = received_one_or_none,
	.claim = "after a death inside msgrcv() the first message is whole or gone, the second "
		 "is there, and the queue works on",
	SWEPT);

SWEEP(sysv_msg, peer_death, receiver_killed_at_any_call_takes_one_message_or_none,
	.attack = ATTACK_EVERY_CALL,
	.setup = two_messages,
	.victim = receive_one,
	.survivor = received_one_or_none,
	.claim = "after a death at the call of msgrcv() the first message is whole or gone, the "
		 "second is there, and the queue works on",
	SWEPT);

SWEEP(sysv_msg, peer_death, sender_killed_at_any_instruction_leaves_receiver_served,
	.attack = ATTACK_EVERY_INSTRUCTION,
	.setup = receiver_waits,
	.victim = send_one,
	.survivor = receiver_gets_one,
	.claim = "after a death inside msgsnd() a receiver that waits has its message, or gets "
		 "the next one",
	SWEPT);

SWEEP(sysv_msg, peer_death, sender_killed_at_any_call_leaves_receiver_served,
	.attack = ATTACK_EVERY_CALL,
	.setup = receiver_waits,
	.victim = send_one,
	.survivor = receiver_gets_one,
	.claim = "after a death at the call of msgsnd() a receiver that waits has its message, or "
		 "gets the next one",
	SWEPT);

SWEEP(sysv_msg, peer_death, receiver_killed_at_any_instruction_leaves_sender_admitted,
	.attack = ATTACK_EVERY_INSTRUCTION,
	.setup = sender_waits,
	.victim = receive_one,
	.survivor = sender_gets_room,
	.claim = "after a death inside msgrcv() a sender that waits gets the room it made, or "
		 "the next",
	SWEPT);

SWEEP(sysv_msg, peer_death, receiver_killed_at_any_call_leaves_sender_admitted,
	.attack = ATTACK_EVERY_CALL,
	.setup = sender_waits,
	.victim = receive_one,
	.survivor = sender_gets_room,
	.claim = "after a death at the call of msgrcv() a sender that waits gets the room it made, "
		 "or the next",
	SWEPT);

SWEEP(sysv_msg, peer_death, waiting_receiver_killed_at_any_instruction_lets_next_be_served,
	.attack = ATTACK_EVERY_INSTRUCTION,
	.setup = two_receivers,
	.victim = receive_one,
	.survivor = second_receiver_gets_one,
	.claim = "when the first of two receivers that wait dies at any instruction, the second "
		 "gets its message or the next one",
	SWEPT);

SWEEP(sysv_msg, peer_death, waiting_receiver_killed_at_any_call_lets_next_be_served,
	.attack = ATTACK_EVERY_CALL,
	.setup = two_receivers,
	.victim = receive_one,
	.survivor = second_receiver_gets_one,
	.claim = "when the first of two receivers that wait dies at the call, the second gets its "
		 "message or the next one",
	SWEPT);

SWEEP(sysv_msg, peer_death, waiting_sender_killed_at_any_instruction_lets_next_in,
	.attack = ATTACK_EVERY_INSTRUCTION,
	.setup = two_senders,
	.victim = send_one,
	.survivor = second_sender_gets_room,
	.claim = "when the first of two senders that wait for room dies at any instruction, the "
		 "second's message comes once and the victim's whole or not at all",
	SWEPT);

SWEEP(sysv_msg, peer_death, waiting_sender_killed_at_any_call_lets_next_in,
	.attack = ATTACK_EVERY_CALL,
	.setup = two_senders,
	.victim = send_one,
	.survivor = second_sender_gets_room,
	.claim = "when the first of two senders that wait for room dies at the call, the second's "
		 "message comes once and the victim's whole or not at all",
	SWEPT);
