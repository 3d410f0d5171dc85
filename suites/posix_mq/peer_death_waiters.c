/*
 * peer_death_waiters: processes that wait on a queue are killed or stopped, or those that
 * could have ended their wait.
 */
#include <fcntl.h>
#include <signal.h>

#include "waits.h"

#define SPEC_RECEIVE \
	"mq_receive(3), DESCRIPTION (only a message or a handler ends the wait)"
#define SPEC_SEND "mq_send(3), DESCRIPTION (only room or a handler ends the wait)"

CASE(posix_mq, peer_death, killed_blocked_receiver_takes_nothing,
	.claim = "a message sent after a receiver was killed while it waited stays in the queue",
	.level = LEVEL_LINUX, .spec = "mq_receive(3), DESCRIPTION; signal(7), SIGKILL",
	.needs = NEED_BLOCK_PROOF)
{
	mqd_t queue = queue_made("q", O_RDWR);

	struct peer receiver = peer_start(queue_receive_x, &queue);
	peer_wait_blocked(&receiver, "mq_receive");
	peer_kill(&receiver, SIGKILL);

	queue_put(queue, "x", 0);
	ck_assert_int_eq(queue_messages(queue), 1);
	must_receive(queue, "x");
}

CASE(posix_mq, peer_death, killed_blocked_sender_leaves_nothing,
	.claim = "the message of a sender that was killed while it waited never appears, and "
		 "the room is another's",
	.level = LEVEL_LINUX, .spec = "mq_send(3), DESCRIPTION; signal(7), SIGKILL",
	.needs = NEED_BLOCK_PROOF)
{
	mqd_t queue = queue_to_wait_on(&queue_sides[1], 0);

	struct peer sender = peer_start(queue_send_x, &queue);
	peer_wait_blocked(&sender, "mq_send");
	peer_kill(&sender, SIGKILL);

	must_receive(queue, "f");
	ck_assert_int_eq(queue_messages(queue), 0);
	queue_put(queue, "later", 0);
	must_receive(queue, "later");
	ck_assert_int_eq(queue_messages(queue), 0);
}

enum { WAITERS = 3 };

CASE(posix_mq, peer_death, next_waiting_receiver_is_served,
	.claim = "when the first of several waiting receivers has been killed, the next "
		 "messages go to the others",
	.level = LEVEL_LINUX, .spec = SPEC_RECEIVE, .needs = NEED_BLOCK_PROOF)
{
	mqd_t queue = queue_made("q", O_RDWR);
	struct peer receivers[WAITERS];
	queue_waiters_start(receivers, WAITERS, queue_receive_x, &queue, "mq_receive");

	peer_kill(&receivers[0], SIGKILL);
	for (int left = WAITERS - 2; left >= 0; left--) {
		need(mq_send(queue, "x", 1, 0));
		ck_assert_int_eq(peers_asleep(&receivers[1], WAITERS - 1, "mq_receive"),
			left);
	}
	for (int i = 1; i < WAITERS; i++)
		peer_join(&receivers[i]);
	ck_assert_int_eq(queue_messages(queue), 0);
}

CASE(posix_mq, peer_death, next_waiting_sender_is_admitted,
	.claim = "when the first of several waiting senders has been killed, the room goes "
		 "to the others",
	.level = LEVEL_LINUX, .spec = SPEC_SEND, .needs = NEED_BLOCK_PROOF)
{
	mqd_t queue = queue_made_of("q", O_RDWR, 1, QUEUE_BYTES);
	struct peer senders[WAITERS];
	queue_put(queue, "x", 0);
	queue_waiters_start(senders, WAITERS, queue_send_x, &queue, "mq_send");

	peer_kill(&senders[0], SIGKILL);
	for (int left = WAITERS - 2; left >= 0; left--) {
		queue_receive_x(&queue);
		ck_assert_int_eq(peers_asleep(&senders[1], WAITERS - 1, "mq_send"), left);
	}
	for (int i = 1; i < WAITERS; i++)
		peer_join(&senders[i]);
	must_receive(queue, "x");
	ck_assert_int_eq(queue_messages(queue), 0);
}

static void open_for_reading(void *arg)
{
	mqd_t queue = queue_opened("q", O_RDONLY);

	(void)arg;
	peer_rest();
	queue_receive_x(&queue);
}

static void open_for_writing(void *arg)
{
	mqd_t queue = queue_opened("q", O_WRONLY);

	(void)arg;
	peer_rest();
	queue_send_x(&queue);
}

/* Starts WAITER and OTHER, the only processes that have the queue open, and kills OTHER when
 * WAITER is blocked in CALL.  The claim: there it stays. */
static struct peer must_outwait(void (*waiter)(void *), void (*other)(void *),
	const char *call)
{
	struct peer waits = peer_start(waiter, NULL), dies = peer_start(other, NULL);

	peer_wait_resting(&dies);
	peer_wait_resting(&waits);
	peer_resume(&waits);
	peer_wait_blocked(&waits, call);
	peer_kill(&dies, SIGKILL);
	peer_still_blocked(&waits, call);
	return waits;
}

CASE(posix_mq, peer_death, receiver_not_woken_by_death_of_last_writer,
	.claim = "a process that waits in mq_receive() waits on when the last process that "
		 "could send is killed: a queue has no end of file",
	.level = LEVEL_LINUX, .spec = SPEC_RECEIVE, .needs = NEED_BLOCK_PROOF)
{
	need(mq_close(queue_made("q", O_RDWR)));

	struct peer receiver =
		must_outwait(open_for_reading, open_for_writing, "mq_receive");
	queue_put(queue_opened("q", O_WRONLY), "x", 0);
	peer_join(&receiver);
}

CASE(posix_mq, peer_death, sender_not_woken_by_death_of_last_reader,
	.claim = "a process that waits in mq_send() waits on, without error or SIGPIPE, when "
		 "the last process that could receive is killed",
	.level = LEVEL_LINUX, .spec = SPEC_SEND, .needs = NEED_BLOCK_PROOF)
{
	need(mq_close(queue_to_wait_on(&queue_sides[1], 0)));

	struct peer sender = must_outwait(open_for_writing, open_for_reading, "mq_send");
	const mqd_t queue = queue_opened("q", O_RDONLY);
	must_receive(queue, "f");
	peer_join(&sender);
	must_receive(queue, "x");
}

CASE(posix_mq, peer_death, stopped_receiver_does_not_hold_message,
	.claim = "a receiver that is stopped while it waits is not handed the next message, "
		 "which others can receive",
	.level = LEVEL_LINUX,
	.spec = "mq_receive(3), DESCRIPTION; signal(7), Interruption of system calls and "
		"library functions by stop signals",
	.needs = NEED_BLOCK_PROOF)
{
	mqd_t queue = queue_made("q", O_RDWR);

	struct peer receiver = peer_start(queue_receive_x, &queue);
	peer_wait_blocked(&receiver, "mq_receive");
	peer_stop(&receiver);
	queue_put(queue, "taken", 0);
	ck_assert_int_eq(queue_messages(queue), 1);
	must_receive(queue, "taken");

	peer_continue(&receiver);
	peer_still_blocked(&receiver, "mq_receive");
	need(mq_send(queue, "x", 1, 0));
	peer_join(&receiver);
}
