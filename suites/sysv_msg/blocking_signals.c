/*
 * blocking_signals: what signals, stops and cancellation do to a msgrcv() or msgsnd() that
 * waits.
 */
#include <pthread.h>
#include <signal.h>
#include <sys/msg.h>

#include "assay.h"
#include "delivery.h"
#include "queue.h"

#define EIGHT "12345678"

/* A call that waits, and how the handler was installed that interrupts it. */
struct interrupted {
	int id;
	int handler_flags;
};

static void be_interrupted_in_receive(void *arg)
{
	const struct interrupted *call = arg;
	struct message got;

	handler_install(SIGUSR1, call->handler_flags);
	must_fail(message_receive(call->id, &got, 0, 0), EINTR);
	ck_assert_int_eq(handler_count_here(), 1);
}

static void be_interrupted_in_send(void *arg)
{
	const struct interrupted *call = arg;

	handler_install(SIGUSR1, call->handler_flags);
	must_fail(message_send(call->id, 2, "late", 0), EINTR);
	ck_assert_int_eq(handler_count_here(), 1);
}

/* A signal meets a receiver that waits on an empty queue; the message that comes later is
 * not taken by it. */
static void interrupt_receiver(int handler_flags)
{
	struct interrupted call = {queue_made(1, 0600), handler_flags};

	struct peer receiver = peer_start(be_interrupted_in_receive, &call);
	peer_wait_blocked(&receiver, "msgrcv");
	peer_signal(&receiver, SIGUSR1);
	handler_wait(&receiver, 1);
	peers_must_return(&receiver, 1, "msgrcv");

	queue_put(call.id, {1, "later"});
	queue_must_hold(call.id, {1, "later"});
}

/* A signal meets a sender that waits for room; its message never comes. */
static void interrupt_sender(int handler_flags)
{
	struct interrupted call = {queue_limited(1, 8), handler_flags};

	queue_put(call.id, {1, EIGHT});
	struct peer sender = peer_start(be_interrupted_in_send, &call);
	peer_wait_blocked(&sender, "msgsnd");
	peer_signal(&sender, SIGUSR1);
	handler_wait(&sender, 1);
	peers_must_return(&sender, 1, "msgsnd");

	queue_must_hold(call.id, {1, EIGHT});
}

CASE(sysv_msg, blocking, receive_interrupted_gives_eintr,
	.claim = "msgrcv() that waits and is interrupted by a handler without SA_RESTART fails "
		 "with EINTR and takes no message",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 msgrcv(), ERRORS, EINTR",
	.needs = NEED_BLOCK_PROOF)
{
	interrupt_receiver(0);
}

CASE(sysv_msg, blocking, send_interrupted_gives_eintr,
	.claim = "msgsnd() that waits and is interrupted by a handler without SA_RESTART fails "
		 "with EINTR and queues nothing",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 msgsnd(), ERRORS, EINTR",
	.needs = NEED_BLOCK_PROOF)
{
	interrupt_sender(0);
}

CASE(sysv_msg, blocking, sa_restart_does_not_resume_receive,
	.claim = "msgrcv() that waits fails with EINTR also after a handler with SA_RESTART",
	.level = LEVEL_LINUX,
	.spec = "msgop(2), msgrcv() is never automatically restarted; signal(7)",
	.needs = NEED_BLOCK_PROOF)
{
	interrupt_receiver(SA_RESTART);
}

CASE(sysv_msg, blocking, sa_restart_does_not_resume_send,
	.claim = "msgsnd() that waits fails with EINTR also after a handler with SA_RESTART",
	.level = LEVEL_LINUX,
	.spec = "msgop(2), msgsnd() is never automatically restarted; signal(7)",
	.needs = NEED_BLOCK_PROOF)
{
	interrupt_sender(SA_RESTART);
}

static void take_ignoring_signal(void *message)
{
	ck_assert(signal(SIGUSR1, SIG_IGN) != SIG_ERR);
	take_delivery(message);
}

static void send_ignoring_signal(void *message)
{
	ck_assert(signal(SIGUSR1, SIG_IGN) != SIG_ERR);
	send_delivery(message);
}

CASE(sysv_msg, blocking, ignored_signal_does_not_interrupt,
	.claim = "a signal that is ignored ends neither a msgrcv() nor a msgsnd() that waits",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 System Interfaces 2.4.3 Signal Actions, SIG_IGN",
	.needs = NEED_BLOCK_PROOF)
{
	struct delivery wanted = {queue_made(1, 0600), .type = 1, .text = "wanted"};
	struct delivery late = {queue_limited(2, 8), .type = 2, .text = "late"};
	struct message got;

	struct peer receiver = peer_start(take_ignoring_signal, &wanted);
	peer_wait_blocked(&receiver, "msgrcv");
	peer_signal(&receiver, SIGUSR1);
	peer_still_blocked(&receiver, "msgrcv");
	send_delivery(&wanted);
	peers_must_return(&receiver, 1, "msgrcv");

	queue_put(late.id, {1, EIGHT});
	struct peer sender = peer_start(send_ignoring_signal, &late);
	peer_wait_blocked(&sender, "msgsnd");
	peer_signal(&sender, SIGUSR1);
	peer_still_blocked(&sender, "msgsnd");
	need(message_receive(late.id, &got, 0, IPC_NOWAIT));
	peers_must_return(&sender, 1, "msgsnd");
	queue_must_hold(late.id, {2, "late"});
}

CASE(sysv_msg, blocking, stop_and_continue_resumes_wait,
	.claim = "msgrcv() that waits goes on waiting after SIGSTOP and SIGCONT without a "
		 "handler, and returns the next message",
	.level = LEVEL_LINUX,
	.spec = "signal(7), Interruption of system calls and library functions by stop "
		"signals",
	.needs = NEED_BLOCK_PROOF)
{
	struct delivery message = {queue_made(1, 0600), .type = 1, .text = "next"};

	struct peer receiver = peer_start(take_delivery, &message);
	peer_wait_blocked(&receiver, "msgrcv");
	peer_stop(&receiver);
	peer_continue(&receiver);
	peer_wait_blocked(&receiver, "msgrcv");

	send_delivery(&message);
	peers_must_return(&receiver, 1, "msgrcv");
}

CASE(sysv_msg, blocking, cancel_blocked_receive,
	.claim = "a thread that waits in msgrcv() can be cancelled, and takes no message",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 System Interfaces 2.9.5.2, cancellation points, msgrcv()",
	.needs = NEED_BLOCK_PROOF)
{
	struct delivery message = {queue_made(1, 0600), .type = 1, .text = "later"};

	struct peer receiver = thread_start(take_delivery, &message);
	peer_wait_blocked(&receiver, "msgrcv");
	thread_cancel(&receiver);
	ck_assert_ptr_eq(thread_join_value(&receiver), PTHREAD_CANCELED);

	send_delivery(&message);
	queue_must_hold(message.id, {1, "later"});
}

CASE(sysv_msg, blocking, cancel_blocked_send,
	.claim = "a thread that waits in msgsnd() can be cancelled, and its message is never "
		 "queued",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 System Interfaces 2.9.5.2, cancellation points, msgsnd()",
	.needs = NEED_BLOCK_PROOF)
{
	struct delivery late = {queue_limited(1, 8), .type = 2, .text = "late"};

	queue_put(late.id, {1, EIGHT});
	struct peer sender = thread_start(send_delivery, &late);
	peer_wait_blocked(&sender, "msgsnd");
	thread_cancel(&sender);
	ck_assert_ptr_eq(thread_join_value(&sender), PTHREAD_CANCELED);

	queue_must_hold(late.id, {1, EIGHT});
}

static void send_with_cancellation_pending(void *message)
{
	need_zero(pthread_cancel(pthread_self()));
	send_delivery(message);
}

static void take_with_cancellation_pending(void *message)
{
	need_zero(pthread_cancel(pthread_self()));
	take_delivery(message);
}

CASE(sysv_msg, blocking, pending_cancel_acts_at_entry,
	.claim = "a cancellation that is pending ends a thread in msgsnd() and in msgrcv() even "
		 "where they need not wait, and nothing is sent or taken",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 System Interfaces 2.9.5.2, cancellation points, msgrcv() and "
		"msgsnd()")
{
	struct delivery message = {queue_made(1, 0600), .type = 1, .text = "there"};

	send_delivery(&message);
	struct peer sender = thread_start(send_with_cancellation_pending, &message);
	ck_assert_ptr_eq(thread_join_value(&sender), PTHREAD_CANCELED);
	struct peer receiver = thread_start(take_with_cancellation_pending, &message);
	ck_assert_ptr_eq(thread_join_value(&receiver), PTHREAD_CANCELED);

	queue_must_hold(message.id, {1, "there"});
}
