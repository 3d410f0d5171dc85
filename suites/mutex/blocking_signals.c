/*
 * blocking_signals: what signals, stops and cancellation do to a wait for a mutex: nothing.
 */
#include <signal.h>
#include <sys/time.h>

#include "waits.h"

static void lock_with_handler(void *mutex)
{
	handler_install(SIGUSR1, 0);
	must_return(pthread_mutex_lock(mutex), 0);
	ck_assert_int_eq(handler_count_here(), 1);
	must_return(pthread_mutex_unlock(mutex), 0);
}

CASE_EACH(mutex, blocking, lock_resumes_after_signal_handler, mutex_kinds,
	.claim = "a thread that waits in pthread_mutex_lock(), for a mutex of any type, "
		 "waits on after a handler without SA_RESTART, and then acquires the mutex",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pthread_mutex_lock(), DESCRIPTION and ERRORS (never EINTR); "
		"signal(7)",
	.needs = NEED_BLOCK_PROOF)
{
	pthread_mutex_t *mutex = shared_mutex(row);
	need_zero(pthread_mutex_lock(mutex));

	struct peer waiter = thread_start(lock_with_handler, mutex);
	peer_wait_blocked_on(&waiter, mutex);
	peer_signal(&waiter, SIGUSR1);
	handler_wait(&waiter, 1);
	peer_still_blocked_on(&waiter, mutex);

	must_return(pthread_mutex_unlock(mutex), 0);
	peer_join(&waiter);
}

enum { HANDLER_RUNS = 5 };

static void acquire_with_handler(void *wait)
{
	handler_install(SIGUSR1, 0);
	acquire_in_time(wait);
	ck_assert_int_eq(handler_count_here(), HANDLER_RUNS);
}

CASE_EACH(mutex, blocking, timedlock_resumes_after_signal_handler,
	mutex_kinds_normal_shared,
	.claim = "a process that waits in pthread_mutex_timedlock() waits on after each "
		 "of several handlers without SA_RESTART, and then acquires the mutex",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pthread_mutex_timedlock(), DESCRIPTION and ERRORS (never "
		"EINTR)",
	.needs = NEED_BLOCK_PROOF)
{
	pthread_mutex_t *mutex = shared_mutex(row);
	struct timed_wait wait = timed_wait_us(mutex, CLOCK_REALTIME, FAR_OFF_US);
	need_zero(pthread_mutex_lock(mutex));

	struct peer waiter = peer_start(acquire_with_handler, &wait);
	peer_wait_blocked_on(&waiter, mutex);
	for (int run = 1; run <= HANDLER_RUNS; run++) {
		peer_signal(&waiter, SIGUSR1);
		handler_wait(&waiter, run);
		peer_still_blocked_on(&waiter, mutex);
	}

	must_return(pthread_mutex_unlock(mutex), 0);
	peer_join(&waiter);
}

/* The handlers run from before the wait until after it: the first one comes long before the
 * deadline, and none can come after the end of this process. */
static void time_out_under_signals(void *arg)
{
	const struct itimerval every_100_us = {{0, 100}, {0, 100}},
			       never = {{0, 0}, {0, 0}};
	struct timed_wait *wait = arg;

	handler_install(SIGALRM, 0);
	wait->deadline = after_us(wait->clock, 5000);
	need(setitimer(ITIMER_REAL, &every_100_us, NULL));
	time_out(wait);
	need(setitimer(ITIMER_REAL, &never, NULL));
}

CASE_EACH(mutex, blocking, timedlock_deadline_is_not_renewed_by_handlers,
	mutex_kinds_normal_shared,
	.claim = "pthread_mutex_timedlock() interrupted by many handlers without "
		 "SA_RESTART fails with ETIMEDOUT, at its deadline and not before",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pthread_mutex_timedlock(), DESCRIPTION and ERRORS (never "
		"EINTR)")
{
	pthread_mutex_t *mutex = shared_mutex(row);
	struct timed_wait wait = {.mutex = mutex, .clock = CLOCK_REALTIME};
	need_zero(pthread_mutex_lock(mutex));

	struct peer waiter = peer_start(time_out_under_signals, &wait);
	peer_join(&waiter);
	ck_assert_int_ge(handler_count(&waiter), 1);
	note("handler runs", "%d", handler_count(&waiter));
}

/* A call that locks its mutex, and the mutex. */
struct locking {
	int (*call)(pthread_mutex_t *mutex);
	pthread_mutex_t *mutex;
};

static int lock_on_realtime(pthread_mutex_t *mutex)
{
	const struct timed_wait wait = timed_wait_us(mutex, CLOCK_REALTIME, FAR_OFF_US);

	return pthread_mutex_timedlock(mutex, &wait.deadline);
}

static int lock_on_monotonic(pthread_mutex_t *mutex)
{
	const struct timed_wait wait = timed_wait_us(mutex, CLOCK_MONOTONIC, FAR_OFF_US);

	return pthread_mutex_clocklock(mutex, CLOCK_MONOTONIC, &wait.deadline);
}

/* The rows are the three calls of which the sentence speaks, each with the kinds that wait in
 * different ways: of mutex_kinds_normal the private ones, then the robust ones. */
#define CALL(name, call)                                        \
	{name, call, &mutex_kinds_normal[0]},                   \
		{name "-pi", call, &mutex_kinds_normal[1]},     \
		{name "-robust", call, &mutex_kinds_normal[4]}, \
	{                                                       \
		name "-robust-pi", call, &mutex_kinds_normal[5] \
	}
static const struct {
	const char *name;
	int (*call)(pthread_mutex_t *mutex);
	const struct mutex_kind *kind;
} calls[] = {
	CALL("lock", pthread_mutex_lock),
	CALL("timedlock", lock_on_realtime),
	CALL("clocklock", lock_on_monotonic),
};

static void lock_then_test_cancel(void *arg)
{
	const struct locking *locking = arg;

	must_return(locking->call(locking->mutex), 0);
	peer_rest();
	must_return(pthread_mutex_unlock(locking->mutex), 0);
	pthread_testcancel();
}

CASE_EACH(mutex, blocking, lock_is_not_a_cancellation_point, calls,
	.claim = "a cancelled thread that waits for a mutex, also a robust one or one "
		 "that inherits priority, waits on, acquires the mutex, and ends at the "
		 "next cancellation point only",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 System Interfaces 2.9.5.2, Cancellation Points",
	.needs = NEED_BLOCK_PROOF)
{
	pthread_mutex_t *mutex = shared_mutex(row->kind);
	struct locking locking = {row->call, mutex};
	need_zero(pthread_mutex_lock(mutex));

	struct peer waiter = thread_start(lock_then_test_cancel, &locking);
	peer_wait_blocked_on(&waiter, mutex);
	thread_cancel(&waiter);
	peer_still_blocked_on(&waiter, mutex);
	must_return(pthread_mutex_unlock(mutex), 0);

	peer_wait_resting(&waiter);
	must_return(pthread_mutex_trylock(mutex), EBUSY);
	peer_resume(&waiter);
	ck_assert_ptr_eq(thread_join_value(&waiter), PTHREAD_CANCELED);
	must_return(pthread_mutex_trylock(mutex), 0);
}

CASE_EACH(mutex, blocking, lock_survives_stop_and_continue, mutex_kinds_normal_shared,
	.claim = "a process that waits in pthread_mutex_lock() still waits after SIGSTOP "
		 "and SIGCONT, and acquires the mutex later",
	.level = LEVEL_LINUX,
	.spec = "signal(7), Interruption of system calls and library functions by stop "
		"signals",
	.needs = NEED_BLOCK_PROOF)
{
	pthread_mutex_t *mutex = shared_mutex(row);
	need_zero(pthread_mutex_lock(mutex));

	struct peer waiter = peer_start(lock_and_unlock, mutex);
	peer_wait_blocked_on(&waiter, mutex);
	peer_stop(&waiter);
	peer_continue(&waiter);
	peer_still_blocked_on(&waiter, mutex);

	must_return(pthread_mutex_unlock(mutex), 0);
	peer_join(&waiter);
}

CASE_EACH(mutex, blocking, unlock_while_waiter_stopped_is_not_lost,
	mutex_kinds_normal_shared,
	.claim = "a mutex that is unlocked while its only waiter is stopped is acquired by "
		 "that waiter once it continues",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pthread_mutex_unlock(), DESCRIPTION",
	.needs = NEED_BLOCK_PROOF)
{
	pthread_mutex_t *mutex = shared_mutex(row);
	need_zero(pthread_mutex_lock(mutex));

	struct peer waiter = peer_start(lock_and_unlock, mutex);
	peer_wait_blocked_on(&waiter, mutex);
	peer_stop(&waiter);
	must_return(pthread_mutex_unlock(mutex), 0);

	peer_continue(&waiter);
	peer_join(&waiter);
	must_return(pthread_mutex_trylock(mutex), 0);
}
