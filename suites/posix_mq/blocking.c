/*
 * blocking: that receivers wait while a queue is empty and senders while it is full, and what
 * releases how many of them.
 */
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "waits.h"

enum { WAITERS = 3 };

CASE(posix_mq, blocking, receive_on_empty_blocks_until_send,
	.claim = "mq_receive() on an empty queue waits until a message is sent, and returns "
		 "that message",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_receive(), DESCRIPTION",
	.needs = NEED_BLOCK_PROOF)
{
	mqd_t queue = queue_made("q", O_RDWR);

	struct peer receiver = peer_start(queue_receive_x, &queue);
	peer_wait_blocked(&receiver, "mq_receive");

	need(mq_send(queue, "x", 1, 0));
	peer_join(&receiver);
	ck_assert_int_eq(queue_messages(queue), 0);
}

CASE(posix_mq, blocking, send_on_full_blocks_until_receive,
	.claim = "mq_send() on a full queue waits until a message is taken, and then queues "
		 "its own",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_send(), DESCRIPTION",
	.needs = NEED_BLOCK_PROOF)
{
	mqd_t queue = queue_to_wait_on(&queue_sides[1], 0);

	struct peer sender = peer_start(queue_send_x, &queue);
	peer_wait_blocked(&sender, "mq_send");

	must_receive(queue, "f");
	peer_join(&sender);
	must_receive(queue, "x");
	ck_assert_int_eq(queue_messages(queue), 0);
}

CASE(posix_mq, blocking, one_message_wakes_one_receiver,
	.claim = "one message sent to a queue on which several receivers wait is returned by "
		 "exactly one of them, and the others wait on",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_receive(), DESCRIPTION",
	.needs = NEED_BLOCK_PROOF)
{
	mqd_t queue = queue_made("q", O_RDWR);
	struct peer receivers[WAITERS];
	queue_waiters_start(receivers, WAITERS, queue_receive_x, &queue, "mq_receive");

	for (int left = WAITERS - 1; left >= 0; left--) {
		need(mq_send(queue, "x", 1, 0));
		ck_assert_int_eq(peers_asleep(receivers, WAITERS, "mq_receive"), left);
		ck_assert_int_eq(queue_messages(queue), 0);
	}
	for (int i = 0; i < WAITERS; i++)
		peer_join(&receivers[i]);
}

CASE(posix_mq, blocking, one_removal_admits_one_sender,
	.claim = "one message taken from a full queue on which several senders wait lets "
		 "exactly one of them return, and the others wait on",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_send(), DESCRIPTION",
	.needs = NEED_BLOCK_PROOF)
{
	mqd_t queue = queue_made_of("q", O_RDWR, 1, QUEUE_BYTES);
	struct peer senders[WAITERS];
	queue_put(queue, "x", 0);
	queue_waiters_start(senders, WAITERS, queue_send_x, &queue, "mq_send");

	for (int left = WAITERS - 1; left >= 0; left--) {
		queue_receive_x(&queue);
		ck_assert_int_eq(peers_asleep(senders, WAITERS, "mq_send"), left);
		ck_assert_int_eq(queue_messages(queue), 1);
	}
	for (int i = 0; i < WAITERS; i++)
		peer_join(&senders[i]);
	must_receive(queue, "x");
	ck_assert_int_eq(queue_messages(queue), 0);
}

/* A 32-bit system may have only the calls with times of 64 bits. */
#ifndef SYS_mq_timedreceive
#define SYS_mq_timedreceive SYS_mq_timedreceive_time64
#define SYS_mq_timedsend SYS_mq_timedsend_time64
#endif

static int receive_by_system_call(mqd_t queue, const struct timespec *deadline)
{
	char message[QUEUE_BYTES];
	const long got = syscall(SYS_mq_timedreceive, queue, message, sizeof(message),
		NULL, deadline);

	return got == -1 ? -1 : 0;
}

static int send_by_system_call(mqd_t queue, const struct timespec *deadline)
{
	return (int)syscall(SYS_mq_timedsend, queue, "s", 1, 0, deadline);
}

static const struct side ways_without_deadline[] = {
	{"mq-timedreceive", "mq_receive", 0, queue_receive_until},
	{"mq-timedsend", "mq_send", 1, queue_send_until},
	{"mq-timedreceive-call", "mq_receive", 0, receive_by_system_call},
	{"mq-timedsend-call", "mq_send", 1, send_by_system_call},
};

struct waiter {
	const struct side *side;
	mqd_t queue;
};

static void wait_without_deadline(void *arg)
{
	const struct waiter *waiter = arg;

	must_succeed(waiter->side->wait(waiter->queue, NULL));
}

CASE_EACH(posix_mq, blocking, null_timeout_waits_indefinitely, ways_without_deadline,
	.claim = "mq_timedreceive() and mq_timedsend() with a null abs_timeout wait as the "
		 "untimed calls do",
	.level = LEVEL_LINUX,
	.spec = "mq_overview(7), Library interfaces and system calls (mq_receive() is "
		"mq_timedreceive(2))",
	.needs = NEED_BLOCK_PROOF)
{
	struct waiter waiter = {row, queue_to_wait_on(row, 0)};

	struct peer peer = peer_start(wait_without_deadline, &waiter);
	peer_wait_blocked(&peer, row->call);
	queue_let_go(row, waiter.queue);
	peer_join(&peer);
}

CASE(posix_mq, blocking, blocked_receiver_survives_unlink,
	.claim = "a process that waits in mq_receive() waits on after mq_unlink(), and gets "
		 "a message sent through another open descriptor",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_unlink(), DESCRIPTION",
	.needs = NEED_BLOCK_PROOF)
{
	mqd_t queue = queue_made("q", O_RDWR);
	const mqd_t other = queue_opened("q", O_WRONLY);

	struct peer receiver = peer_start(queue_receive_x, &queue);
	peer_wait_blocked(&receiver, "mq_receive");
	must_succeed(mq_unlink(own_name("q")));
	peer_still_blocked(&receiver, "mq_receive");

	must_succeed(mq_send(other, "x", 1, 0));
	peer_join(&receiver);
}
