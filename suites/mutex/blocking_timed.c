/*
 * blocking_timed: pthread_mutex_timedlock() and pthread_mutex_clocklock(): until when they
 * wait.  A timed call must never return early by its own clock; being late is noted.
 */
#include "waits.h"

CASE_EACH(mutex, blocking, timedlock_gives_etimedout, mutex_kinds,
	.claim = "pthread_mutex_timedlock() of a mutex of any type that stays locked "
		 "fails with ETIMEDOUT when CLOCK_REALTIME has reached the deadline",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pthread_mutex_timedlock(), ERRORS, ETIMEDOUT")
{
	pthread_mutex_t *mutex = shared_mutex(row);
	need_zero(pthread_mutex_lock(mutex));
	struct timed_wait wait = timed_wait_us(mutex, CLOCK_REALTIME, 3000);

	struct peer waiter = thread_start(time_out, &wait);
	peer_join(&waiter);
	must_return(pthread_mutex_unlock(mutex), 0);
	must_return(trylock_in_thread(mutex), 0);
}

static const struct {
	const char *name;
	clockid_t clock;
} clocks[] = {
	{"realtime", CLOCK_REALTIME},
	{"monotonic", CLOCK_MONOTONIC},
};

/* Deadlines from a fraction of what a wake-up takes to a multiple of it. */
static void time_out_often(void *arg)
{
	struct timed_wait *wait = arg;

	for (int us = 1; us <= 200; us++) {
		wait->deadline = after_us(wait->clock, us);
		time_out(wait);
	}
}

CASE_EACH(mutex, blocking, timedlock_never_times_out_early, clocks,
	.claim = "whenever a timed lock fails with ETIMEDOUT its clock has reached the "
		 "deadline",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pthread_mutex_clocklock() and pthread_mutex_timedlock(), "
		"DESCRIPTION")
{
	pthread_mutex_t *mutex = shared_mutex(&mutex_kinds_normal[0]);
	need_zero(pthread_mutex_lock(mutex));
	struct timed_wait wait = {.mutex = mutex, .clock = row->clock};

	struct peer waiter = thread_start(time_out_often, &wait);
	peer_join(&waiter);
}

/* That it is done without sleeping cannot be demanded: the C library may go into the kernel,
 * and there be made to wait for a lock or a processor.  How long it took is noted. */
static void time_out_at_once(void *arg)
{
	struct timed_wait took = {
		.clock = CLOCK_MONOTONIC, .deadline = after_us(CLOCK_MONOTONIC, 0)};

	time_out(arg);
	note("us taken", "%lld", late_us(&took));
}

CASE_EACH(mutex, blocking, timedlock_past_abstime_on_held_gives_etimedout,
	mutex_kinds_normal,
	.claim = "pthread_mutex_timedlock() of a locked mutex with a deadline in the past "
		 "fails with ETIMEDOUT",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pthread_mutex_timedlock(), DESCRIPTION")
{
	pthread_mutex_t *mutex = shared_mutex(row);
	struct timed_wait at_the_epoch = {mutex, CLOCK_REALTIME, {0, 0}};
	struct timed_wait in_1970 = {mutex, CLOCK_REALTIME, {1, 999999999}};
	struct timed_wait just_over = timed_wait_us(mutex, CLOCK_REALTIME, 0);
	need_zero(pthread_mutex_lock(mutex));

	struct peer first = thread_start(time_out_at_once, &at_the_epoch);
	peer_join(&first);
	struct peer second = thread_start(time_out_at_once, &in_1970);
	peer_join(&second);
	struct peer third = thread_start(time_out_at_once, &just_over);
	peer_join(&third);
}

CASE_EACH(mutex, blocking, timedlock_negative_seconds_gives_etimedout, mutex_kinds_normal,
	.claim = "pthread_mutex_timedlock() of a locked mutex with a deadline before the "
		 "Epoch fails with ETIMEDOUT",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pthread_mutex_timedlock(), DESCRIPTION; ERRORS, EINVAL (for "
		"nanoseconds only)")
{
	pthread_mutex_t *mutex = shared_mutex(row);
	struct timed_wait before_the_epoch = {mutex, CLOCK_REALTIME, {-1, 0}};
	need_zero(pthread_mutex_lock(mutex));

	struct peer waiter = thread_start(time_out, &before_the_epoch);
	peer_join(&waiter);
}

CASE_EACH(mutex, blocking, timedlock_past_abstime_on_free_succeeds, mutex_kinds,
	.claim = "pthread_mutex_timedlock() of a free mutex locks it, whatever the deadline",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pthread_mutex_timedlock(), DESCRIPTION")
{
	const struct timespec epoch = {0, 0};
	pthread_mutex_t *mutex = shared_mutex(row);

	must_return(pthread_mutex_timedlock(mutex, &epoch), 0);
	must_return(trylock_in_thread(mutex), EBUSY);
	must_return(pthread_mutex_unlock(mutex), 0);
}

CASE_EACH(mutex, blocking, timedlock_acquires_when_released_before_timeout, mutex_kinds,
	.claim = "pthread_mutex_timedlock() of a mutex of any type returns 0 when the "
		 "mutex is unlocked before the deadline",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pthread_mutex_timedlock(), DESCRIPTION",
	.needs = NEED_BLOCK_PROOF)
{
	pthread_mutex_t *mutex = shared_mutex(row);
	struct timed_wait wait = timed_wait_us(mutex, CLOCK_REALTIME, FAR_OFF_US);
	need_zero(pthread_mutex_lock(mutex));

	struct peer waiter = thread_start(acquire_in_time, &wait);
	peer_wait_blocked_on(&waiter, mutex);
	must_return(pthread_mutex_unlock(mutex), 0);
	peer_join(&waiter);
}

CASE_EACH(mutex, blocking, normal_self_timedlock_gives_etimedout, mutex_kinds_normal,
	.claim = "pthread_mutex_timedlock() by the owner of a normal mutex fails with "
		 "ETIMEDOUT at the deadline, or reports EDEADLK",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pthread_mutex_timedlock(), DESCRIPTION; ERRORS, ETIMEDOUT and "
		"EDEADLK")
{
	pthread_mutex_t *mutex = shared_mutex(row);
	need_zero(pthread_mutex_lock(mutex));
	const struct timed_wait wait = timed_wait_us(mutex, CLOCK_REALTIME, 3000);

	const int error = timed_lock(&wait);
	const bool is_too_early = error == ETIMEDOUT && late_us(&wait) < 0;
	note_choice("timed lock by the owner", error ? errno_name(error) : "0",
		"ETIMEDOUT", "EDEADLK");
	ck_assert_msg(!is_too_early, "ETIMEDOUT came before the deadline");
	must_return(trylock_in_thread(mutex), EBUSY);
}
