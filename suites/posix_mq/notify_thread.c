/*
 * posix_mq/notify, SIGEV_THREAD: the C library calls a function in a thread when a message has
 * come.  The kernel knows nothing of it but a socket that it writes to.
 */
#include <errno.h>
#include <fcntl.h>
#include <mqueue.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

#include "assay.h"
#include "notification.h"
#include "queue.h"

/* What a function was called with, and where.  Seen by every process of the case. */
struct call_seen {
	atomic_int count;
	sem_t happened; /* posted for each call */
	pthread_t thread;
	pid_t pid;
	size_t guard_bytes, stack_bytes;
};

static struct call_seen *call_awaited(void)
{
	struct call_seen *const seen = arena(sizeof(*seen));

	need(sem_init(&seen->happened, 1, 0));
	return seen;
}

static void note_call(union sigval value)
{
	struct call_seen *const seen = value.sival_ptr;

	seen->thread = pthread_self();
	seen->pid = getpid();
	(void)atomic_fetch_add(&seen->count, 1);
	need(sem_post(&seen->happened));
}

static struct sigevent by_thread(void (*function)(union sigval), void *value)
{
	return (struct sigevent){.sigev_notify = SIGEV_THREAD,
		.sigev_notify_function = function,
		.sigev_value.sival_ptr = value};
}

enum { KEPT = 1 }; /* thread that a C library may keep for the next registration */

/* Asks to be told of a message in the empty QUEUE, and waits for it and for the ends of all
 * threads that were made for registrations: what an earlier message had to bring about has
 * happened then. */
static void fence(mqd_t queue)
{
	struct call_seen *const seen = call_awaited();
	const struct sigevent event = by_thread(note_call, seen);

	need(mq_notify(queue, &event));
	queue_put(queue, "fence", 0);
	need(sem_wait(&seen->happened));
	while (threads_now() > 1 + KEPT)
		(void)sched_yield();
}

CASE(posix_mq, notify, sigev_thread_runs_function_with_value,
	.claim = "with SIGEV_THREAD a message has the function called once, with the value of "
		 "the registration, in another thread of the process",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_notify(), DESCRIPTION; XSH 2.4.1, SIGEV_THREAD",
	.needs = NEED_MQ_NOTIFY)
{
	const mqd_t queue = queue_made("q", O_RDWR), after = queue_made("after", O_RDWR);
	struct call_seen *const seen = call_awaited();
	const struct sigevent event = by_thread(note_call, seen);

	must_succeed(mq_notify(queue, &event));
	queue_put(queue, "x", 0);
	need(sem_wait(&seen->happened)); /* of this value: another would not get here */
	ck_assert_int_eq(seen->pid, getpid());
	ck_assert_msg(!pthread_equal(seen->thread, pthread_self()),
		"it is the same thread");
	must_receive(queue, "x");
	queue_put(queue, "y", 0);
	fence(after);
	ck_assert_int_eq(atomic_load(&seen->count), 1);
}

static void note_attributes(union sigval value)
{
	struct call_seen *const seen = value.sival_ptr;
	pthread_attr_t attributes;

	need_zero(pthread_getattr_np(pthread_self(), &attributes));
	need_zero(pthread_attr_getguardsize(&attributes, &seen->guard_bytes));
	need_zero(pthread_attr_getstacksize(&attributes, &seen->stack_bytes));
	need_zero(pthread_attr_destroy(&attributes));
	note_call(value);
}

enum {
	GUARD_BYTES = 5 * 65536, /* whole pages everywhere, and no default */
	STACK_BYTES = 3 << 20,
};

/* Attributes that no thread has by default. */
static void make_attributes(pthread_attr_t *attributes)
{
	need_zero(pthread_attr_init(attributes));
	need_zero(pthread_attr_setguardsize(attributes, GUARD_BYTES));
	need_zero(pthread_attr_setstacksize(attributes, STACK_BYTES));
#ifdef PTHREAD_ATTR_NO_SIGMASK_NP
	/* glibc keeps this one in memory of its own, beside the attributes. */
	sigset_t none;
	need(sigemptyset(&none));
	need_zero(pthread_attr_setsigmask_np(attributes, &none));
#endif
}

/* A C library may add to the stack, or take the guard out of it. */
#define must_have_attributes(seen)                                                 \
	do {                                                                       \
		ck_assert_uint_eq((seen)->guard_bytes, GUARD_BYTES);               \
		ck_assert_uint_ge((seen)->stack_bytes, STACK_BYTES - GUARD_BYTES); \
		ck_assert_uint_le((seen)->stack_bytes,                             \
			STACK_BYTES + GUARD_BYTES + 65536);                        \
	} while (0)

CASE(posix_mq, notify, sigev_thread_uses_attributes,
	.claim = "the thread of SIGEV_THREAD has the guard and the stack that "
		 "sigev_notify_attributes ask for",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 XSH 2.4.1, SIGEV_THREAD, sigev_notify_attributes",
	.needs = NEED_MQ_NOTIFY)
{
	const mqd_t queue = queue_made("q", O_RDWR);
	struct call_seen *const seen = call_awaited();
	struct sigevent event = by_thread(note_attributes, seen);
	pthread_attr_t attributes;

	make_attributes(&attributes);
	event.sigev_notify_attributes = &attributes;
	need(mq_notify(queue, &event));
	queue_put(queue, "x", 0);
	need(sem_wait(&seen->happened));
	must_have_attributes(seen);
	need_zero(pthread_attr_destroy(&attributes));
}

CASE(posix_mq, notify, sigev_thread_attributes_copied,
	.claim = "what sigev_notify_attributes points to can be destroyed and overwritten once "
		 "mq_notify() has returned",
	.level = LEVEL_LIBC,
	.spec = "https://sourceware.org/bugzilla/show_bug.cgi?id=27896 (CVE-2021-33574)",
	.needs = NEED_MQ_NOTIFY)
{
	const mqd_t queue = queue_made("q", O_RDWR);
	struct call_seen *const seen = call_awaited();
	struct sigevent event = by_thread(note_attributes, seen);
	pthread_attr_t attributes;

	make_attributes(&attributes);
	event.sigev_notify_attributes = &attributes;
	need(mq_notify(queue, &event));
	need_zero(pthread_attr_destroy(&attributes));
	memset(&attributes, 0x5a, sizeof(attributes));
	queue_put(queue, "x", 0);
	need(sem_wait(&seen->happened));
	must_have_attributes(seen);
}

enum { CHAIN = 100 };

/* The function of mq_notify(3), EXAMPLES: asks again, then takes the message. */
struct chain {
	mqd_t queue;
	struct call_seen *seen;
};

static void ask_again(union sigval value)
{
	const struct chain *const chain = value.sival_ptr;
	const struct sigevent event = by_thread(ask_again, value.sival_ptr);

	must_succeed(mq_notify(chain->queue, &event));
	must_receive(chain->queue, "x");
	note_call((union sigval){.sival_ptr = chain->seen});
}

CASE(posix_mq, notify, sigev_thread_reregisters_from_callback,
	.claim = "the function of SIGEV_THREAD can register again, and is called for the next "
		 "message",
	.level = LEVEL_LIBC,
	.spec = "mq_notify(3), EXAMPLES",
	.needs = NEED_MQ_NOTIFY)
{
	struct chain chain = {queue_made("q", O_RDWR), call_awaited()};
	const struct sigevent event = by_thread(ask_again, &chain);

	need(mq_notify(chain.queue, &event));
	for (int i = 0; i < CHAIN; i++) {
		queue_put(chain.queue, "x", 0);
		need(sem_wait(&chain.seen->happened));
	}
	ck_assert_int_eq(atomic_load(&chain.seen->count), CHAIN);
}

CASE(posix_mq, notify, sigev_thread_cancelled_by_null,
	.claim = "mq_notify(NULL) takes back a registration with SIGEV_THREAD, with and without "
		 "attributes: the function is not called",
	.level = LEVEL_LIBC,
	.spec = "mq_notify(3), DESCRIPTION; "
		"https://sourceware.org/bugzilla/show_bug.cgi?id=28213 (CVE-2021-38604)",
	.needs = NEED_MQ_NOTIFY)
{
	const mqd_t queue = queue_made("q", O_RDWR), after = queue_made("after", O_RDWR);
	struct call_seen *const seen = call_awaited();
	struct sigevent event = by_thread(note_call, seen);
	pthread_attr_t attributes;

	need(mq_notify(queue, &event));
	must_succeed(mq_notify(queue, NULL));
	make_attributes(&attributes);
	event.sigev_notify_attributes = &attributes;
	must_succeed(mq_notify(queue, &event));
	must_succeed(mq_notify(queue, NULL));
	queue_put(queue, "x", 0);
	fence(after);
	ck_assert_int_eq(atomic_load(&seen->count), 0);
	need_zero(pthread_attr_destroy(&attributes));
}

enum { FORKS = 20 };

/* Waits for the call, wherever it happens: a deadline ends what never comes. */
static void register_in_child(void *arg)
{
	struct call_seen *const seen = arg;
	const mqd_t queue = queue_opened("q", O_RDWR);
	const struct sigevent event = by_thread(note_call, seen);

	need(mq_notify(queue, &event));
	queue_put(queue, "x", 0);
	need(sem_wait(&seen->happened));
	ck_assert_msg(seen->pid == getpid(), "the function ran in another process, %s",
		seen->pid == getppid() ? "the parent" : "not the parent");
	must_receive(queue, "x");
}

CASE(posix_mq, notify, sigev_thread_works_in_fork_child,
	.claim = "the function that a forked child asks for runs in the child, although the "
		 "parent has used SIGEV_THREAD before",
	.level = LEVEL_LIBC,
	.spec = "mq_notify(3), SIGEV_THREAD: as the start function of a new thread",
	.needs = NEED_MQ_NOTIFY)
{
	const mqd_t queue = queue_made("q", O_RDWR);
	struct call_seen *const seen = call_awaited();

	fence(queue);
	must_receive(queue, "fence");
	for (int i = 0; i < FORKS; i++) {
		struct peer child = peer_start(register_in_child, seen);
		peer_join(&child);
	}
}

static void count_in_other_way(union sigval value)
{
	struct call_seen *const seen = value.sival_ptr;

	(void)atomic_fetch_add(&seen->count, 100);
	need(sem_post(&seen->happened));
}

enum { QUEUES = 8 };

CASE(posix_mq, notify, sigev_thread_several_queues_at_once,
	.claim = "registrations with SIGEV_THREAD on several queues each have their own function "
		 "called with their own value",
	.level = LEVEL_LIBC,
	.spec = "mq_notify(3), SIGEV_THREAD",
	.needs = NEED_MQ_NOTIFY)
{
	static const char *const tags[QUEUES] = {"a", "b", "c", "d", "e", "f", "g", "h"};
	static const int order[QUEUES] = {5, 2, 7, 0, 3, 6, 1, 4};
	struct call_seen *seen[QUEUES];
	mqd_t queues[QUEUES];

	for (int i = 0; i < QUEUES; i++) {
		seen[i] = call_awaited();
		queues[i] = queue_made_of(tags[i], O_RDWR, 1, QUEUE_BYTES);
		const struct sigevent event =
			by_thread(i % 2 ? count_in_other_way : note_call, seen[i]);
		must_succeed(mq_notify(queues[i], &event));
	}
	for (int i = 0; i < QUEUES; i++)
		queue_put(queues[order[i]], "x", 0);
	for (int i = 0; i < QUEUES; i++) {
		need(sem_wait(&seen[i]->happened));
		ck_assert_int_eq(atomic_load(&seen[i]->count), i % 2 ? 100 : 1);
	}
}
