/*
 * blocking_threads: threads that wait on a queue while others of their process cancel them or
 * close the descriptor.
 */
#include <fcntl.h>
#include <pthread.h>

#include "waits.h"

/* What a thread does to a queue, and how far it came. */
struct work {
	mqd_t queue;
	const struct receiving *receiving;
	const struct sending *sending;
	bool is_cleaned_up, has_returned;
};

static void note_cleanup(void *arg)
{
	((struct work *)arg)->is_cleaned_up = true;
}

static void receive_until_cancelled(void *arg)
{
	struct work *work = arg;
	char message[QUEUE_BYTES];

	pthread_cleanup_push(note_cleanup, work);
	(void)work->receiving->call(work->queue, message, sizeof(message), NULL);
	work->has_returned = true;
	pthread_cleanup_pop(0);
}

static void send_until_cancelled(void *arg)
{
	struct work *work = arg;

	pthread_cleanup_push(note_cleanup, work);
	(void)work->sending->call(work->queue, "refused", 7, 9);
	work->has_returned = true;
	pthread_cleanup_pop(0);
}

/* The claim: THREAD, with a cancellation request, ends of it inside its call. */
static void must_end_cancelled(struct peer *thread, const struct work *work,
	const char *call)
{
	ck_assert_msg(peers_asleep(thread, 1, call) == 0,
		"the cancelled thread still sleeps in %s", call);
	ck_assert_ptr_eq(thread_join_value(thread), PTHREAD_CANCELED);
	ck_assert(!work->has_returned);
	ck_assert(work->is_cleaned_up);
}

#define SPEC_CANCEL "POSIX.1-2024 System Interfaces 2.9.5.2, Cancellation Points"

CASE_EACH(posix_mq, blocking, cancel_blocked_receive, queue_receivings,
	.claim = "a thread that waits in mq_receive() or mq_timedreceive() is ended by "
		 "pthread_cancel(), its cleanup handlers run, and it takes no message",
	.level = LEVEL_POSIX, .spec = SPEC_CANCEL, .needs = NEED_BLOCK_PROOF)
{
	struct work work = {queue_made("q", O_RDWR), .receiving = row};

	struct peer receiver = thread_start(receive_until_cancelled, &work);
	peer_wait_blocked(&receiver, "mq_receive");
	thread_cancel(&receiver);
	must_end_cancelled(&receiver, &work, "mq_receive");

	queue_put(work.queue, "x", 0);
	must_receive(work.queue, "x");
}

CASE_EACH(posix_mq, blocking, cancel_blocked_send, queue_sendings,
	.claim = "a thread that waits in mq_send() or mq_timedsend() is ended by "
		 "pthread_cancel(), and its message is never queued",
	.level = LEVEL_POSIX, .spec = SPEC_CANCEL, .needs = NEED_BLOCK_PROOF)
{
	struct work work = {queue_to_wait_on(&queue_sides[1], 0), .sending = row};

	struct peer sender = thread_start(send_until_cancelled, &work);
	peer_wait_blocked(&sender, "mq_send");
	thread_cancel(&sender);
	must_end_cancelled(&sender, &work, "mq_send");

	must_receive(work.queue, "f");
	ck_assert_int_eq(queue_messages(work.queue), 0);
	queue_put(work.queue, "x", 0);
	must_receive(work.queue, "x");
}

/* A request that is pending, and will be acted upon at the next cancellation point. */
static void cancel_self(void)
{
	need_zero(pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, NULL));
	need_zero(pthread_cancel(pthread_self()));
	need_zero(pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, NULL));
}

static void receive_with_request(void *work)
{
	cancel_self();
	receive_until_cancelled(work);
}

static void send_with_request(void *work)
{
	cancel_self();
	send_until_cancelled(work);
}

static const struct {
	const char *name, *call;
	void (*function)(void *work);
	struct work work;
} cancelled_calls[] = {
	{"mq-receive", "mq_receive", receive_with_request,
		{.receiving = &queue_receivings[0]}},
	{"mq-timedreceive", "mq_receive", receive_with_request,
		{.receiving = &queue_receivings[1]}},
	{"mq-send", "mq_send", send_with_request, {.sending = &queue_sendings[0]}},
	{"mq-timedsend", "mq_send", send_with_request, {.sending = &queue_sendings[1]}},
};

CASE_EACH(posix_mq, blocking, pending_cancel_acts_at_entry, cancelled_calls,
	.claim = "a cancellation request that is pending when a thread calls mq_send(), "
		 "mq_timedsend(), mq_receive() or mq_timedreceive() acts there, although the "
		 "call need not wait, and no message is moved",
	.level = LEVEL_POSIX, .spec = SPEC_CANCEL, .needs = NEED_BLOCK_PROOF)
{
	struct work work = row->work;
	work.queue = queue_made("q", O_RDWR);
	queue_put(work.queue, "x", 0);

	struct peer thread =
		thread_start_at(row->function, &work, row->name, __FILE__, __LINE__);
	must_end_cancelled(&thread, &work, row->call);
	ck_assert_int_eq(queue_messages(work.queue), 1);
	must_receive(work.queue, "x");
}

/* A receive, and how it ended. */
struct reception {
	mqd_t queue;
	char message[QUEUE_BYTES];
	ssize_t length;
	int error;
};

static void receive_and_report(void *arg)
{
	struct reception *reception = arg;

	reception->length = mq_receive(reception->queue, reception->message,
		sizeof(reception->message), NULL);
	reception->error = errno;
}

static const char *end_of(const struct reception *reception)
{
	if (reception->length == -1)
		return errno_name(reception->error);
	return reception->length == 1 && reception->message[0] == 'x'
		? "gets the message"
		: "gets something else";
}

CASE(posix_mq, blocking, close_by_other_thread_while_blocked,
	.claim = "a thread that waits in mq_receive() while another closes the descriptor "
		 "gets the next message, fails, or waits on",
	.level = LEVEL_POSIX_MAY,
	.spec = "POSIX.1-2024 mq_close(), DESCRIPTION (silent about calls that wait)",
	.needs = NEED_BLOCK_PROOF)
{
	struct reception reception = {queue_made("q", O_RDWR), .length = -1};
	const mqd_t other = queue_opened("q", O_RDWR);

	struct peer receiver = thread_start(receive_and_report, &reception);
	peer_wait_blocked(&receiver, "mq_receive");
	must_succeed(mq_close(reception.queue));
	must_succeed(mq_send(other, "x", 1, 0));
	const bool waits_on = peers_asleep(&receiver, 1, "mq_receive") == 1;

	note_choice("waiter", waits_on ? "waits on" : end_of(&reception), "waits on",
		"gets the message", "EBADF", "EINTR", "EAGAIN");
	peer_forget(&receiver);
}
