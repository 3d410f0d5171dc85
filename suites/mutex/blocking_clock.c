/*
 * blocking_clock: on which clock pthread_mutex_timedlock() and pthread_mutex_clocklock()
 * measure their deadline.
 */
#include <linux/futex.h>

#include "waits.h"

/* Newer than the headers of some systems (futex(2), Linux 5.14). */
#ifndef FUTEX_LOCK_PI2
#define FUTEX_LOCK_PI2 13
#endif

/* The clock by which the kernel ends the futex call of P: futex(2) on FUTEX_CLOCK_REALTIME.
 * FUTEX_LOCK_PI always means CLOCK_REALTIME. */
static clockid_t clock_of_wait(const struct peer *p)
{
	const unsigned operation = (unsigned)peer_call(p).arguments[1];

	if ((operation & FUTEX_CMD_MASK) == FUTEX_LOCK_PI)
		return CLOCK_REALTIME;
	return operation & FUTEX_CLOCK_REALTIME ? CLOCK_REALTIME : CLOCK_MONOTONIC;
}

CASE_EACH(mutex, blocking, timedlock_measured_on_realtime, mutex_kinds_normal,
	.claim = "a pthread_mutex_timedlock() that waits is ended by CLOCK_REALTIME",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pthread_mutex_timedlock(), DESCRIPTION; futex(2), "
		"FUTEX_CLOCK_REALTIME",
	.needs = NEED_BLOCK_PROOF | NEED_CALL_ARGUMENTS)
{
	pthread_mutex_t *mutex = shared_mutex(row);
	struct timed_wait wait = timed_wait_us(mutex, CLOCK_REALTIME, FAR_OFF_US);
	need_zero(pthread_mutex_lock(mutex));

	struct peer waiter = thread_start(acquire_in_time, &wait);
	peer_wait_blocked_on(&waiter, mutex);
	ck_assert_int_eq(clock_of_wait(&waiter), CLOCK_REALTIME);

	need_zero(pthread_mutex_unlock(mutex));
	peer_join(&waiter);
}

CASE_EACH(mutex, blocking, clocklock_monotonic_measured_on_monotonic, mutex_kinds_normal,
	.claim = "a pthread_mutex_clocklock() with CLOCK_MONOTONIC is ended by that clock, "
		 "not before the deadline",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pthread_mutex_clocklock(), DESCRIPTION",
	.needs = NEED_BLOCK_PROOF | NEED_CALL_ARGUMENTS,
	.lacks = MUTEX_LACKS_CLOCKLOCK)
{
	pthread_mutex_t *mutex = shared_mutex(row);
	struct timed_wait wait = timed_wait_us(mutex, CLOCK_MONOTONIC, FAR_OFF_US);
	need_zero(pthread_mutex_lock(mutex));

	struct peer waiter = thread_start(acquire_in_time, &wait);
	peer_wait_blocked_on(&waiter, mutex);
	ck_assert_int_eq(clock_of_wait(&waiter), CLOCK_MONOTONIC);
	need_zero(pthread_mutex_unlock(mutex));
	peer_join(&waiter);

	need_zero(pthread_mutex_lock(mutex));
	struct timed_wait brief = timed_wait_us(mutex, CLOCK_MONOTONIC, 3000);
	struct peer second = thread_start(time_out, &brief);
	peer_join(&second);
}

/* The same waits as those of blocking_timed.c, by pthread_mutex_clocklock(). */
static void clock_times_out(void *arg)
{
	const struct timed_wait *wait = arg;

	must_return(pthread_mutex_clocklock(wait->mutex, CLOCK_REALTIME, &wait->deadline),
		ETIMEDOUT);
	ck_assert_msg(late_us(wait) >= 0, "ETIMEDOUT came before the deadline");
}

static void clock_acquires(void *arg)
{
	const struct timed_wait *wait = arg;

	must_return(pthread_mutex_clocklock(wait->mutex, CLOCK_REALTIME, &wait->deadline),
		0);
	must_return(pthread_mutex_unlock(wait->mutex), 0);
}

CASE_EACH(mutex, blocking, clocklock_realtime_equals_timedlock, mutex_kinds_normal,
	.claim = "pthread_mutex_clocklock() with CLOCK_REALTIME times out, also at once, "
		 "acquires, and is ended by that clock, like pthread_mutex_timedlock()",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pthread_mutex_clocklock(), DESCRIPTION",
	.needs = NEED_BLOCK_PROOF | NEED_CALL_ARGUMENTS,
	.lacks = MUTEX_LACKS_CLOCKLOCK)
{
	pthread_mutex_t *mutex = shared_mutex(row);
	struct timed_wait past = {mutex, CLOCK_REALTIME, {0, 0}};
	struct timed_wait distant = timed_wait_us(mutex, CLOCK_REALTIME, FAR_OFF_US);
	must_return(pthread_mutex_clocklock(mutex, CLOCK_REALTIME, &past.deadline), 0);

	struct peer late = thread_start(clock_times_out, &past);
	peer_join(&late);
	struct timed_wait brief = timed_wait_us(mutex, CLOCK_REALTIME, 3000);
	struct peer timed = thread_start(clock_times_out, &brief);
	peer_join(&timed);

	struct peer waiter = thread_start(clock_acquires, &distant);
	peer_wait_blocked_on(&waiter, mutex);
	ck_assert_int_eq(clock_of_wait(&waiter), CLOCK_REALTIME);
	must_return(pthread_mutex_unlock(mutex), 0);
	peer_join(&waiter);
}

static const struct mutex_kind inheriting[] = {
	{"private", PTHREAD_MUTEX_NORMAL, PTHREAD_PRIO_INHERIT, PTHREAD_MUTEX_STALLED,
		PTHREAD_PROCESS_PRIVATE},
	{"shared-robust", PTHREAD_MUTEX_NORMAL, PTHREAD_PRIO_INHERIT,
		PTHREAD_MUTEX_ROBUST, PTHREAD_PROCESS_SHARED},
};

CASE_EACH(mutex, blocking, clocklock_monotonic_works_on_pi_mutex, inheriting,
	.claim = "pthread_mutex_clocklock() with CLOCK_MONOTONIC of a locked "
		 "PTHREAD_PRIO_INHERIT mutex fails with ETIMEDOUT at the deadline",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pthread_mutex_clocklock(), ERRORS, ETIMEDOUT",
	.lacks = MUTEX_LACKS_CLOCKLOCK)
{
	pthread_mutex_t *mutex = shared_mutex(row);
	need_zero(pthread_mutex_lock(mutex));
	struct timed_wait wait = timed_wait_us(mutex, CLOCK_MONOTONIC, 3000);

	struct peer waiter = thread_start(time_out, &wait);
	peer_join(&waiter);
}

struct clock_attempt {
	pthread_mutex_t *mutex;
	clockid_t clock;
	int result;
};

static void clocklock_in_the_past(void *arg)
{
	struct clock_attempt *attempt = arg;
	const struct timespec epoch = {0, 0};

	attempt->result = pthread_mutex_clocklock(attempt->mutex, attempt->clock, &epoch);
}

/* What pthread_mutex_clocklock() says of CLOCK in another thread, at a deadline that is over
 * on every clock. */
static int clocklock_in_thread(pthread_mutex_t *mutex, clockid_t clock)
{
	struct clock_attempt attempt = {mutex, clock, -1};
	struct peer other = thread_start(clocklock_in_the_past, &attempt);

	peer_join(&other);
	return attempt.result;
}

CASE(mutex, blocking, clocklock_unsupported_clock_gives_einval,
	.claim = "pthread_mutex_clocklock() of a locked mutex with a clock that it does not "
		 "support fails with EINVAL",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pthread_mutex_clocklock(), ERRORS, EINVAL",
	.lacks = MUTEX_LACKS_CLOCKLOCK)
{
	pthread_mutex_t *mutex = shared_mutex(&mutex_kinds_normal[0]);
	need_zero(pthread_mutex_lock(mutex));

	must_return(clocklock_in_thread(mutex, -1), EINVAL);
	must_return(clocklock_in_thread(mutex, CLOCK_PROCESS_CPUTIME_ID), EINVAL);

	const int raw = clocklock_in_thread(mutex, CLOCK_MONOTONIC_RAW);
	note_choice("CLOCK_MONOTONIC_RAW", errno_name(raw), "EINVAL", "ETIMEDOUT");
	const int boottime = clocklock_in_thread(mutex, CLOCK_BOOTTIME);
	note_choice("CLOCK_BOOTTIME", errno_name(boottime), "EINVAL", "ETIMEDOUT");
}
