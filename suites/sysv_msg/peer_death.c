/*
 * peer_death: what those who share a queue see when SIGKILL takes one of them, or SIGSTOP
 * keeps it.
 */
#include <signal.h>
#include <stdatomic.h>
#include <sys/msg.h>

#include "assay.h"
#include "delivery.h"
#include "parcel.h"
#include "queue.h"

#define EIGHT "12345678"

CASE(sysv_msg, peer_death, killed_sender_message_stays,
	.claim = "a message stays in the queue when the process that sent it is killed",
	.level = LEVEL_LINUX,
	.spec = "sysvipc(7); msgop(2)")
{
	struct delivery message = {queue_made(1, 0600), .type = 5, .text = "testament"};

	struct peer sender = peer_start(send_and_rest, &message);
	peer_wait_resting(&sender);
	peer_kill(&sender, SIGKILL);
	queue_must_hold(message.id, {5, "testament"});
}

CASE(sysv_msg, peer_death, killed_blocked_receiver_takes_nothing,
	.claim = "a message that is sent after a process was killed that waited for one stays in "
		 "the queue",
	.level = LEVEL_LINUX,
	.spec = "msgop(2), msgrcv()",
	.needs = NEED_BLOCK_PROOF)
{
	struct delivery message = {queue_made(1, 0600), .type = 1, .text = "later"};

	struct peer receiver = peer_start(take_delivery, &message);
	peer_wait_blocked(&receiver, "msgrcv");
	peer_kill(&receiver, SIGKILL);
	send_delivery(&message);
	ck_assert_uint_eq(queue_status(message.id).msg_qnum, 1);
	queue_must_hold(message.id, {1, "later"});
}

CASE(sysv_msg, peer_death, killed_blocked_sender_leaves_nothing,
	.claim = "the message of a process that is killed while it waits for room never comes, "
		 "and keeps no other back",
	.level = LEVEL_LINUX,
	.spec = "msgop(2), msgsnd()",
	.needs = NEED_BLOCK_PROOF)
{
	struct delivery late = {queue_limited(1, 10), .type = 2, .text = "large"};

	queue_put(late.id, {1, EIGHT});
	struct peer sender = peer_start(send_delivery, &late);
	peer_wait_blocked(&sender, "msgsnd");
	peer_kill(&sender, SIGKILL);
	ck_assert_uint_eq(queue_status(late.id).msg_qnum, 1);
	must_succeed(message_send(late.id, 3, "xy", IPC_NOWAIT));
	queue_must_hold(late.id, {1, EIGHT}, {3, "xy"});
	must_succeed(message_send(late.id, 4, "0123456789", IPC_NOWAIT));
}

enum { WAITERS = 3 };

/* Starts WAITERS peers, each proven blocked before the next. */
static void start_waiters(struct peer *waiters, void (*function)(void *),
	struct delivery *message, const char *call)
{
	for (int i = 0; i < WAITERS; i++) {
		waiters[i] = peer_start(function, message);
		peer_wait_blocked(&waiters[i], call);
	}
}

CASE(sysv_msg, peer_death, next_waiting_receiver_is_served,
	.claim = "when the first of several processes that wait for a message is killed, "
		 "each of the next messages goes to one that is left",
	.level = LEVEL_LINUX,
	.spec = "msgop(2), msgrcv()",
	.needs = NEED_BLOCK_PROOF)
{
	struct delivery message = {queue_made(1, 0600), .type = 1, .text = "same"};
	struct peer waiters[WAITERS];

	start_waiters(waiters, take_delivery, &message, "msgrcv");
	peer_kill(&waiters[0], SIGKILL);
	send_delivery(&message);
	ck_assert_int_eq(peers_asleep(waiters + 1, WAITERS - 1, "msgrcv"), 1);
	send_delivery(&message);
	peers_must_return(waiters + 1, WAITERS - 1, "msgrcv");
	queue_must_be_empty(message.id);
}

CASE(sysv_msg, peer_death, next_waiting_sender_is_admitted,
	.claim = "when the first of several processes that wait for room is killed, the room "
		 "goes to those that are left",
	.level = LEVEL_LINUX,
	.spec = "msgop(2), msgsnd()",
	.needs = NEED_BLOCK_PROOF)
{
	struct delivery late = {queue_limited(1, 8), .type = 2, .text = EIGHT};
	struct peer waiters[WAITERS];

	queue_put(late.id, {1, EIGHT});
	start_waiters(waiters, send_delivery, &late, "msgsnd");
	peer_kill(&waiters[0], SIGKILL);
	must_take(late.id, 0, 0, 1, EIGHT);
	ck_assert_int_eq(peers_asleep(waiters + 1, WAITERS - 1, "msgsnd"), 1);
	must_take(late.id, 0, 0, 2, EIGHT);
	peers_must_return(waiters + 1, WAITERS - 1, "msgsnd");
	queue_must_hold(late.id, {2, EIGHT});
}

/* Makes the queues of keys 1, empty, and 2, full. */
static void make_both_and_rest(void *unused)
{
	(void)unused;
	queue_made(1, 0600);
	queue_put(queue_limited(2, 8), {1, EIGHT});
	peer_rest();
}

static void look_and_rest(void *unused)
{
	(void)unused;
	(void)queue_status(need(msgget(own_key(1), 0)));
	(void)queue_status(need(msgget(own_key(2), 0)));
	peer_rest();
}

CASE(sysv_msg, peer_death, survivor_not_woken_by_peer_death,
	.claim = "processes that wait in msgrcv() and msgsnd() go on waiting when all others that "
		 "use the queue, its creator too, are killed",
	.level = LEVEL_LINUX,
	.spec = "msgop(2), conditions that end the wait",
	.needs = NEED_BLOCK_PROOF)
{
	struct peer creator = peer_start(make_both_and_rest, NULL);
	peer_wait_resting(&creator);
	struct peer user = peer_start(look_and_rest, NULL);
	peer_wait_resting(&user);
	struct delivery wanted = {need(msgget(own_key(1), 0)), .text = ""};
	struct delivery late = {need(msgget(own_key(2), 0)), .type = 2, .text = "late"};
	struct peer receiver = peer_start(take_until_removed, &wanted);
	struct peer sender = peer_start(send_until_removed, &late);
	peer_wait_blocked(&receiver, "msgrcv");
	peer_wait_blocked(&sender, "msgsnd");

	peer_kill(&creator, SIGKILL);
	peer_kill(&user, SIGKILL);
	peer_still_blocked(&receiver, "msgrcv");
	peer_still_blocked(&sender, "msgsnd");
	must_succeed(msgctl(wanted.id, IPC_RMID, NULL));
	must_succeed(msgctl(late.id, IPC_RMID, NULL));
	peers_must_return(&receiver, 1, "msgrcv");
	peers_must_return(&sender, 1, "msgsnd");
}

CASE(sysv_msg, peer_death, lspid_still_names_dead_sender,
	.claim = "msg_lspid and msg_lrpid keep the process IDs of those who sent and received "
		 "last when these have died and been reaped",
	.level = LEVEL_LINUX,
	.spec = "msgctl(2), msg_lspid and msg_lrpid")
{
	struct delivery message = {queue_made(1, 0600), .type = 1, .text = "x"};

	struct peer sender = peer_start(send_and_rest, &message);
	peer_wait_resting(&sender);
	struct peer receiver = peer_start(take_and_rest, &message);
	peer_wait_resting(&receiver);
	peer_kill(&sender, SIGKILL);
	peer_kill(&receiver, SIGKILL);

	ck_assert_int_eq(queue_status(message.id).msg_lspid, sender.pid);
	ck_assert_int_eq(queue_status(message.id).msg_lrpid, receiver.pid);
}

static void make_and_rest(void *unused)
{
	(void)unused;
	queue_put(queue_made(1, 0600), {1, "x"});
	peer_rest();
}

CASE(sysv_msg, peer_death, queue_of_killed_owner_still_administrable,
	.claim = "when the process that made a queue is killed, another of the same user can "
		 "change it by IPC_SET and remove it by IPC_RMID",
	.level = LEVEL_LINUX,
	.spec = "msgctl(2), IPC_SET and IPC_RMID, EPERM",
	.needs = NEED_UNPRIVILEGED)
{
	struct peer owner = peer_start(make_and_rest, NULL);
	struct msqid_ds status;
	peer_wait_resting(&owner);
	peer_kill(&owner, SIGKILL);
	drop_capabilities();

	const int id = must_succeed(msgget(own_key(1), 0));
	must_succeed(msgctl(id, IPC_STAT, &status));
	status.msg_perm.mode = 0640;
	status.msg_qbytes = 100;
	must_succeed(msgctl(id, IPC_SET, &status));
	ck_assert_uint_eq(queue_status(id).msg_perm.mode, 0640);
	ck_assert_uint_eq(queue_status(id).msg_qbytes, 100);
	must_succeed(msgctl(id, IPC_RMID, NULL));
}

CASE(sysv_msg, peer_death, stopped_receiver_does_not_hold_message,
	.claim = "a process that is stopped while it waits for a message does not get the next "
		 "one, which others can receive",
	.level = LEVEL_LINUX,
	.spec = "msgop(2), msgrcv(); signal(7), stop signals",
	.needs = NEED_BLOCK_PROOF)
{
	struct delivery message = {queue_made(1, 0600), .type = 1, .text = "wanted"};

	struct peer receiver = peer_start(take_delivery, &message);
	peer_wait_blocked(&receiver, "msgrcv");
	peer_stop(&receiver);
	queue_put(message.id, {1, "while stopped"});
	ck_assert_uint_eq(queue_status(message.id).msg_qnum, 1);
	must_take(message.id, 0, 0, 1, "while stopped");

	peer_continue(&receiver);
	peer_wait_blocked(&receiver, "msgrcv");
	send_delivery(&message);
	peers_must_return(&receiver, 1, "msgrcv");
}

enum { SMALL = 24, ROUND = 200 };

/* Where a peer sends to, or receives from; what it says lies in the arena. */
struct stream {
	int id;
	uint32_t sender;
	atomic_uchar *logged; /* how often each parcel was received, ROUND in all */
	atomic_int *count;    /* how many the sender has sent */
	int rests_after; /* how many a receiver takes before it rests; 0: it does not */
};

static void send_for_ever(void *arg)
{
	const struct stream *stream = arg;
	struct parcel parcel = {.type = 1};

	for (uint32_t n = 0;; n++) {
		parcel_make(&parcel, stream->sender, n, SMALL);
		must_succeed(msgsnd(stream->id, &parcel, SMALL, 0));
		atomic_fetch_add(stream->count, 1);
	}
}

/* Kills a sender when so many of its messages were received, and receives the rest. */
static void must_leave_a_prefix(struct stream *stream, uint32_t moment)
{
	struct parcel got;
	uint32_t next = 0;
	ssize_t length;

	atomic_store(stream->count, 0);
	struct peer sender = peer_start(send_for_ever, stream);
	for (; next < moment; next++) {
		length = need(msgrcv(stream->id, &got, PARCEL_MAX, 0, 0));
		parcel_check(&got, length, SMALL);
		ck_assert_uint_eq(got.number, next);
	}
	peer_kill(&sender, SIGKILL);
	while ((length = msgrcv(stream->id, &got, PARCEL_MAX, 0, IPC_NOWAIT)) != -1) {
		parcel_check(&got, length, SMALL);
		ck_assert_uint_eq(got.sender, stream->sender);
		ck_assert_uint_eq(got.number, next);
		next++;
	}
	/* The last one may have been sent and not yet counted. */
	ck_assert_int_ge(next, atomic_load(stream->count));
	ck_assert_int_le(next, atomic_load(stream->count) + 1);
}

CASE(sysv_msg, peer_death, stream_of_killed_sender_is_a_prefix,
	.claim = "a sender that is killed at any moment leaves the beginning of its stream: all "
		 "messages that it had sent, whole, without a gap",
	.level = LEVEL_LINUX,
	.spec = "msgop(2), msgsnd() appends a copy of the message")
{
	static const int moments[] = {0, 1, 2, 5, 17, 40};
	struct stream stream = {.id = queue_limited(1, 5L * SMALL)};

	stream.count = arena(sizeof(*stream.count));
	for (size_t i = 0; i < sizeof(moments) / sizeof(moments[0]); i++) {
		stream.sender = (uint32_t)i;
		must_leave_a_prefix(&stream, (uint32_t)moments[i]);
	}
}

static void log_each(void *arg)
{
	const struct stream *stream = arg;
	struct parcel got;

	for (int taken = 0;;) {
		const ssize_t length =
			must_succeed(msgrcv(stream->id, &got, PARCEL_MAX, 0, 0));

		parcel_check(&got, length, SMALL);
		if (got.number >= ROUND)
			return;
		atomic_fetch_add(&stream->logged[got.number], 1);
		if (++taken == stream->rests_after)
			peer_rest();
	}
}

static void send_numbers(int id, uint32_t from, uint32_t to)
{
	struct parcel parcel = {.type = 1};

	for (uint32_t n = from; n < to; n++) {
		parcel_make(&parcel, 0, n, SMALL);
		need(msgsnd(id, &parcel, SMALL, 0));
	}
}

static void must_lose_at_most_one(const struct stream *stream)
{
	int lost = 0;

	for (int i = 0; i < ROUND; i++) {
		ck_assert_int_le(stream->logged[i], 1);
		lost += stream->logged[i] == 0;
	}
	ck_assert_int_le(lost, 1);
}

/* Kills one of two receivers while they are at the first BEFORE messages. */
static void kill_among_messages(int id, uint32_t before)
{
	struct stream stream = {.id = id, .logged = arena(ROUND)};

	struct peer victim = peer_start(log_each, &stream);
	peer_wait_blocked(&victim, "msgrcv");
	struct peer survivor = peer_start(log_each, &stream);
	send_numbers(id, 0, before);
	peer_kill(&victim, SIGKILL);
	send_numbers(id, before, ROUND + 1);
	peer_join(&survivor);
	must_lose_at_most_one(&stream);
}

/* Kills one between two calls, with many messages in the queue. */
static void kill_between_calls(int id)
{
	struct stream stream = {.id = id, .logged = arena(ROUND), .rests_after = 3};

	send_numbers(id, 0, ROUND);
	struct peer victim = peer_start(log_each, &stream);
	peer_wait_resting(&victim);
	stream.rests_after = 0;
	struct peer survivor = peer_start(log_each, &stream);
	peer_kill(&victim, SIGKILL);
	send_numbers(id, ROUND, ROUND + 1);
	peer_join(&survivor);
	must_lose_at_most_one(&stream);
}

CASE(sysv_msg, peer_death, receiver_killed_in_loop_loses_at_most_one,
	.claim = "when one of two receivers is killed at any moment no message is lost but the one "
		 "that it may have had in its hands",
	.level = LEVEL_LINUX,
	.spec = "msgop(2), msgrcv() removes a message from the queue",
	.needs = NEED_BLOCK_PROOF)
{
	const int id = queue_made(1, 0600);

	static const uint32_t moments[] = {0, 1, 2, 10, 40, 90, 180};

	for (size_t i = 0; i < sizeof(moments) / sizeof(moments[0]); i++)
		kill_among_messages(id, moments[i]);
	kill_between_calls(id);
}
