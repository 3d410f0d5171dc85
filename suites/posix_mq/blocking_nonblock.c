/*
 * blocking_nonblock: O_NONBLOCK: what it refuses, and whose it is.
 */
#include <fcntl.h>
#include <unistd.h>

#include "waits.h"

CASE(posix_mq, blocking, receive_nonblock_empty_gives_eagain,
	.claim = "mq_receive() on an empty queue with O_NONBLOCK fails with EAGAIN",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_receive(), ERRORS, EAGAIN")
{
	const mqd_t queue = queue_made("q", O_RDWR | O_NONBLOCK);
	char message[QUEUE_BYTES];

	must_fail(mq_receive(queue, message, sizeof(message), NULL), EAGAIN);
}

CASE(posix_mq, blocking, send_nonblock_full_gives_eagain,
	.claim = "mq_send() on a full queue with O_NONBLOCK fails with EAGAIN",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_send(), ERRORS, EAGAIN")
{
	const mqd_t queue = queue_made_of("q", O_RDWR | O_NONBLOCK, 1, QUEUE_BYTES);

	queue_put(queue, "f", 0);
	must_fail(mq_send(queue, "x", 1, 0), EAGAIN);
}

CASE(posix_mq, blocking, failed_nonblock_send_queues_nothing,
	.claim = "a send refused with EAGAIN leaves the number and the contents of the "
		 "queued messages alone",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_send(), RETURN VALUE")
{
	const mqd_t queue = queue_made_of("q", O_RDWR | O_NONBLOCK, 2, QUEUE_BYTES);
	queue_put(queue, "1", 2);
	queue_put(queue, "2", 1);

	must_fail(mq_send(queue, "refused", 7, 9), EAGAIN);
	ck_assert_int_eq(queue_messages(queue), 2);
	must_receive(queue, "1");
	must_receive(queue, "2");
	ck_assert_int_eq(queue_messages(queue), 0);
}

CASE_EACH(posix_mq, blocking, timed_calls_with_nonblock_give_eagain, queue_sides,
	.claim = "with O_NONBLOCK, mq_timedreceive() on an empty queue and "
		 "mq_timedsend() on a full one fail with EAGAIN, whether the deadline "
		 "is past or an hour away, and do not wait for it",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_timedreceive(), mq_timedsend(), ERRORS, EAGAIN and "
		"ETIMEDOUT (O_NONBLOCK not set)")
{
	const mqd_t queue = queue_to_wait_on(row, O_NONBLOCK);
	const struct timespec past = long_ago(), later = in_an_hour();

	must_fail(row->wait(queue, &past), EAGAIN);
	must_fail(row->wait(queue, &later), EAGAIN);
	ck_assert_int_eq(queue_messages(queue), row->messages);
}

static void set_flags(mqd_t queue, long flags)
{
	const struct mq_attr attributes = {.mq_flags = flags};

	need(mq_setattr(queue, &attributes, NULL));
}

/* A wait, and with which error it ended. */
struct wait {
	const struct side *side;
	mqd_t queue;
	int error;
};

static void wait_and_report(void *arg)
{
	struct wait *wait = arg;
	const struct timespec deadline = in_an_hour();

	wait->error = wait->side->wait(wait->queue, &deadline) == -1 ? errno : 0;
}

CASE_EACH(posix_mq, blocking, setting_nonblock_while_blocked, queue_sides,
	.claim = "mq_setattr(O_NONBLOCK) on the description on which a process waits leaves "
		 "it waiting or ends its call with EAGAIN",
	.level = LEVEL_POSIX_MAY,
	.spec = "POSIX.1-2024 mq_setattr(), DESCRIPTION (silent about calls that wait)",
	.needs = NEED_BLOCK_PROOF)
{
	struct wait *wait = arena(sizeof(*wait));
	wait->side = row;
	wait->queue = queue_to_wait_on(row, 0);

	struct peer waiter = peer_start(wait_and_report, wait);
	peer_wait_blocked(&waiter, row->call);
	set_flags(wait->queue, O_NONBLOCK);
	const int asleep = peers_asleep(&waiter, 1, row->call);
	/* Who waits on is released; where nobody does, there is room or a message for it. */
	queue_let_go(row, wait->queue);
	peer_join(&waiter);

	note_choice("waiter", asleep ? "waits on" : errno_name(wait->error), "waits on",
		"EAGAIN");
	ck_assert_msg(!asleep || wait->error == 0, "released, it gave %s",
		errno_name(wait->error));
}

CASE(posix_mq, blocking, clearing_nonblock_makes_receive_block,
	.claim = "after mq_setattr() has cleared O_NONBLOCK, mq_receive() on an empty queue "
		 "waits instead of failing with EAGAIN",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_setattr(), mq_receive(), DESCRIPTION",
	.needs = NEED_BLOCK_PROOF)
{
	mqd_t queue = queue_made("q", O_RDWR | O_NONBLOCK);
	char message[QUEUE_BYTES];

	must_fail(mq_receive(queue, message, sizeof(message), NULL), EAGAIN);
	set_flags(queue, 0);
	struct peer receiver = peer_start(queue_receive_x, &queue);
	peer_wait_blocked(&receiver, "mq_receive");
	need(mq_send(queue, "x", 1, 0));
	peer_join(&receiver);
}

static void set_nonblock(void *queue)
{
	set_flags(*(mqd_t *)queue, O_NONBLOCK);
}

CASE(posix_mq, blocking, nonblock_flag_shared_with_fork_child,
	.claim = "O_NONBLOCK, set by mq_setattr() in a child through the descriptor that it "
		 "inherited, holds for the parent",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 fork(), DESCRIPTION (message queue descriptors); mq_setattr()")
{
	mqd_t queue = queue_made("q", O_RDWR);
	char message[QUEUE_BYTES];

	struct peer child = peer_start(set_nonblock, &queue);
	peer_join(&child);
	ck_assert_int_eq(queue_attributes(queue).mq_flags, O_NONBLOCK);
	must_fail(mq_receive(queue, message, sizeof(message), NULL), EAGAIN);
}

CASE(posix_mq, blocking, nonblock_flag_visible_to_fcntl_and_dup,
	.claim = "the O_NONBLOCK of mq_setattr() and mq_getattr() is the file status flag that "
		 "fcntl() reads and sets, on any duplicate of the descriptor",
	.level = LEVEL_LINUX,
	.spec = "mq_overview(7), Linux implementation of message queue descriptors")
{
	const mqd_t queue = queue_made("q", O_RDWR);
	const int copy = must_succeed(dup(queue));

	ck_assert_int_eq(must_succeed(fcntl(copy, F_GETFL)) & O_NONBLOCK, 0);
	set_flags(queue, O_NONBLOCK);
	ck_assert_int_eq(must_succeed(fcntl(copy, F_GETFL)) & O_NONBLOCK, O_NONBLOCK);
	must_succeed(fcntl(copy, F_SETFL, 0));
	ck_assert_int_eq(queue_attributes(queue).mq_flags, 0);
	must_succeed(fcntl(queue, F_SETFL, O_NONBLOCK));
	ck_assert_int_eq(queue_attributes(copy).mq_flags, O_NONBLOCK);
}
