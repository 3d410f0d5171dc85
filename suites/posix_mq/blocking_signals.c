/*
 * blocking_signals: what handlers, ignored signals, stops and cancellation do to calls that
 * wait for a message or for room.
 */
#include <fcntl.h>
#include <signal.h>
#include <sys/time.h>

#include "waits.h"

/* A call that waits on a queue. */
struct waiting {
	mqd_t queue;
	const struct receiving *receiving;
	const struct sending *sending;
	const struct side *side;
};

static void receive_interrupted(void *arg)
{
	const struct waiting *waiting = arg;
	char message[QUEUE_BYTES];

	handler_install(SIGUSR1, 0);
	must_fail(waiting->receiving->call(waiting->queue, message, sizeof(message),
			  NULL),
		EINTR);
}

static void must_be_interrupted_receiving(const struct receiving *receiving)
{
	struct waiting waiting = {queue_made("q", O_RDWR), .receiving = receiving};

	struct peer receiver = peer_start(receive_interrupted, &waiting);
	peer_wait_blocked(&receiver, "mq_receive");
	peer_signal(&receiver, SIGUSR1);
	peer_join(&receiver);

	queue_put(waiting.queue, "x", 0);
	ck_assert_int_eq(queue_messages(waiting.queue), 1);
	must_receive(waiting.queue, "x");
}

CASE(posix_mq, blocking, receive_interrupted_gives_eintr,
	.claim = "mq_receive() that waits fails with EINTR after a handler without "
		 "SA_RESTART, and takes no message",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_receive(), ERRORS, EINTR",
	.needs = NEED_BLOCK_PROOF)
{
	must_be_interrupted_receiving(&queue_receivings[0]);
}

CASE(posix_mq, blocking, timedreceive_interrupted_gives_eintr,
	.claim = "mq_timedreceive() that waits fails with EINTR after a handler without "
		 "SA_RESTART, long before its deadline",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_timedreceive(), ERRORS, EINTR",
	.needs = NEED_BLOCK_PROOF)
{
	must_be_interrupted_receiving(&queue_receivings[1]);
}

static void send_interrupted(void *arg)
{
	const struct waiting *waiting = arg;

	handler_install(SIGUSR1, 0);
	must_fail(waiting->sending->call(waiting->queue, "refused", 7, 9), EINTR);
}

static void must_be_interrupted_sending(const struct sending *sending)
{
	struct waiting waiting = {
		queue_to_wait_on(&queue_sides[1], 0), .sending = sending};

	struct peer sender = peer_start(send_interrupted, &waiting);
	peer_wait_blocked(&sender, "mq_send");
	peer_signal(&sender, SIGUSR1);
	peer_join(&sender);

	ck_assert_int_eq(queue_messages(waiting.queue), 1);
	must_receive(waiting.queue, "f");
	ck_assert_int_eq(queue_messages(waiting.queue), 0);
}

CASE(posix_mq, blocking, send_interrupted_gives_eintr,
	.claim = "mq_send() that waits fails with EINTR after a handler without SA_RESTART, "
		 "and queues nothing",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_send(), ERRORS, EINTR",
	.needs = NEED_BLOCK_PROOF)
{
	must_be_interrupted_sending(&queue_sendings[0]);
}

CASE(posix_mq, blocking, timedsend_interrupted_gives_eintr,
	.claim = "mq_timedsend() that waits fails with EINTR after a handler without "
		 "SA_RESTART, long before its deadline",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_timedsend(), ERRORS, EINTR",
	.needs = NEED_BLOCK_PROOF)
{
	must_be_interrupted_sending(&queue_sendings[1]);
}

#define SPEC_RESTART                                                                     \
	"POSIX.1-2024 sigaction(), SA_RESTART (the functions of message queues make no " \
	"exception); signal(7)"

static void receive_restarted(void *arg)
{
	const struct waiting *waiting = arg;
	char message[QUEUE_BYTES] = "";

	handler_install(SIGUSR1, SA_RESTART);
	must_move(waiting->receiving->call(waiting->queue, message, sizeof(message),
			  NULL),
		1);
	ck_assert_int_eq(message[0], 'x');
}

CASE_EACH(posix_mq, blocking, sa_restart_resumes_receive, queue_receivings,
	.claim = "mq_receive() or mq_timedreceive() that waits goes on waiting after a "
		 "handler with SA_RESTART, and returns the message sent later",
	.level = LEVEL_POSIX, .spec = SPEC_RESTART, .needs = NEED_BLOCK_PROOF)
{
	struct waiting waiting = {queue_made("q", O_RDWR), .receiving = row};

	struct peer receiver = peer_start(receive_restarted, &waiting);
	peer_wait_blocked(&receiver, "mq_receive");
	peer_signal(&receiver, SIGUSR1);
	handler_wait(&receiver, 1);
	peer_still_blocked(&receiver, "mq_receive");

	need(mq_send(waiting.queue, "x", 1, 0));
	peer_join(&receiver);
}

static void send_restarted(void *arg)
{
	const struct waiting *waiting = arg;

	handler_install(SIGUSR1, SA_RESTART);
	must_succeed(waiting->sending->call(waiting->queue, "x", 1, 0));
}

CASE_EACH(posix_mq, blocking, sa_restart_resumes_send, queue_sendings,
	.claim = "mq_send() or mq_timedsend() that waits goes on waiting after a handler with "
		 "SA_RESTART, and later queues its message once",
	.level = LEVEL_POSIX, .spec = SPEC_RESTART, .needs = NEED_BLOCK_PROOF)
{
	struct waiting waiting = {queue_to_wait_on(&queue_sides[1], 0), .sending = row};

	struct peer sender = peer_start(send_restarted, &waiting);
	peer_wait_blocked(&sender, "mq_send");
	peer_signal(&sender, SIGUSR1);
	handler_wait(&sender, 1);
	peer_still_blocked(&sender, "mq_send");

	must_receive(waiting.queue, "f");
	peer_join(&sender);
	must_receive(waiting.queue, "x");
	ck_assert_int_eq(queue_messages(waiting.queue), 0);
}

/* The handlers run from before the wait until after it: a wait that each of them began anew
 * would never end. */
static void time_out_under_signals(void *arg)
{
	const struct itimerval every_ms = {{0, 1000}, {0, 1000}},
			       never = {{0, 0}, {0, 0}};
	const struct waiting *waiting = arg;

	handler_install(SIGALRM, SA_RESTART);
	need(setitimer(ITIMER_REAL, &every_ms, NULL));
	const struct timespec deadline = in_us(10000);
	must_fail(waiting->side->wait(waiting->queue, &deadline), ETIMEDOUT);
	must_have_passed(&deadline);
	need(setitimer(ITIMER_REAL, &never, NULL));
	ck_assert_int_ge(handler_count_here(), 1);
}

CASE_EACH(posix_mq, blocking, restarted_timed_call_keeps_deadline, queue_sides,
	.claim = "a timed call that handlers with SA_RESTART interrupt again and again ends "
		 "with ETIMEDOUT at its deadline",
	.level = LEVEL_LINUX,
	.spec = "signal(7), Interruption of system calls and library functions by signal "
		"handlers; mq_receive(3), mq_send(3): an absolute timeout")
{
	struct waiting waiting = {queue_to_wait_on(row, 0), .side = row};

	struct peer waiter = peer_start(time_out_under_signals, &waiting);
	peer_join(&waiter);
	note("handler runs", "%d", handler_count(&waiter));
}

/* SIGUSR1 is ignored; SIGUSR2 comes after it and proves that it was looked at. */
static void wait_ignoring(void *arg)
{
	const struct waiting *waiting = arg;
	const struct timespec deadline = in_an_hour();

	ck_assert(signal(SIGUSR1, SIG_IGN) != SIG_ERR);
	handler_install(SIGUSR2, SA_RESTART);
	must_succeed(waiting->side->wait(waiting->queue, &deadline));
}

static void wait_ignoring_without_end(void *arg)
{
	struct waiting *waiting = arg;

	ck_assert(signal(SIGUSR1, SIG_IGN) != SIG_ERR);
	handler_install(SIGUSR2, SA_RESTART);
	if (waiting->side->messages == 0)
		queue_receive_x(&waiting->queue);
	else
		queue_send_x(&waiting->queue);
}

/* WAITER waits, is sent what it ignores, and goes on waiting until there is an end to it. */
static void must_wait_on(struct peer *waiter, const struct waiting *waiting)
{
	const char *const call = waiting->side->call;

	peer_wait_blocked(waiter, call);
	peer_signal(waiter, SIGUSR1);
	peer_signal(waiter, SIGUSR2);
	handler_wait(waiter, 1);
	peer_still_blocked(waiter, call);
	queue_let_go(waiting->side, waiting->queue);
	peer_join(waiter);
}

CASE_EACH(posix_mq, blocking, ignored_signal_does_not_interrupt, queue_sides,
	.claim = "a signal that is ignored does not end a call that waits for a "
		 "message or for room, with a deadline or without",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 System Interfaces 2.4.3, Signal Actions (SIG_IGN)",
	.needs = NEED_BLOCK_PROOF)
{
	struct waiting waiting = {queue_to_wait_on(row, 0), .side = row};

	struct peer timed = peer_start(wait_ignoring, &waiting);
	must_wait_on(&timed, &waiting);
	struct peer other = peer_start(wait_ignoring_without_end, &waiting);
	must_wait_on(&other, &waiting);
}

CASE(posix_mq, blocking, stop_and_continue_resumes_wait,
	.claim = "mq_receive() that waits goes on waiting after SIGSTOP and SIGCONT, and "
		 "returns the next message",
	.level = LEVEL_LINUX,
	.spec = "signal(7), Interruption of system calls and library functions by stop "
		"signals",
	.needs = NEED_BLOCK_PROOF)
{
	mqd_t queue = queue_made("q", O_RDWR);

	struct peer receiver = peer_start(queue_receive_x, &queue);
	peer_wait_blocked(&receiver, "mq_receive");
	peer_stop(&receiver);
	peer_continue(&receiver);
	peer_still_blocked(&receiver, "mq_receive");

	need(mq_send(queue, "x", 1, 0));
	peer_join(&receiver);
}
