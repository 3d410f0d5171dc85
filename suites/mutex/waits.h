/*
 * waits: what the cases about waiting for a mutex share: other threads that try or wait,
 * and deadlines.
 */
#ifndef SUITES_MUTEX_WAITS_H
#define SUITES_MUTEX_WAITS_H

#include <stdbool.h>
#include <sys/time.h>
#include <time.h>

#include "kinds.h"

/** For peers: locks the mutex ARG, waiting if need be, and unlocks it.  The claim: both
 *  return 0. */
static inline void lock_and_unlock(void *arg)
{
	must_return(pthread_mutex_lock(arg), 0);
	must_return(pthread_mutex_unlock(arg), 0);
}

/** What a peer is to try, and what came of it. */
struct attempt {
	pthread_mutex_t *mutex;
	int result;
};

/** For peers: tries to lock .mutex, and unlocks it again. */
static inline void try_and_unlock(void *arg)
{
	struct attempt *attempt = arg;

	attempt->result = pthread_mutex_trylock(attempt->mutex);
	if (attempt->result == 0)
		must_return(pthread_mutex_unlock(attempt->mutex), 0);
}

/** What pthread_mutex_trylock(MUTEX) returns in another thread, which unlocks it again. */
static inline int trylock_in_thread(pthread_mutex_t *mutex)
{
	struct attempt attempt = {.mutex = mutex, .result = -1};
	struct peer other = thread_start(try_and_unlock, &attempt);

	peer_join(&other);
	return attempt.result;
}

/** The same in another process. */
static inline int trylock_in_process(pthread_mutex_t *mutex)
{
	struct attempt *attempt = arena(sizeof(*attempt));
	attempt->mutex = mutex;
	struct peer other = peer_start(try_and_unlock, attempt);

	peer_join(&other);
	return attempt->result;
}

/** From here on the calling process has half a second of processor time before SIGPROF ends it:
 *  a call that turns in circles does not go on until the deadline.  Waiting costs nothing of it,
 *  though a sandbox may count the time in which it waits for a processor. */
static inline void end_after_half_a_second_of_cpu(void)
{
	const struct itimerval limit = {.it_value.tv_usec = 500000};

	need(setitimer(ITIMER_PROF, &limit, NULL));
}

/** A wait with an end: the clock is CLOCK_REALTIME for timedlock, another for clocklock. */
struct timed_wait {
	pthread_mutex_t *mutex;
	clockid_t clock;
	struct timespec deadline;
};

/** The time on CLOCK in so many microseconds from now. */
static inline struct timespec after_us(clockid_t clock, long us)
{
	struct timespec now;

	need(clock_gettime(clock, &now));
	const long long ns = now.tv_nsec + us % 1000000 * 1000LL;
	now.tv_sec += us / 1000000 + ns / 1000000000;
	now.tv_nsec = (long)(ns % 1000000000);
	return now;
}

/** A wait for MUTEX on CLOCK that ends so many microseconds from now. */
static inline struct timed_wait timed_wait_us(pthread_mutex_t *mutex, clockid_t clock,
	long us)
{
	return (struct timed_wait){mutex, clock, after_us(clock, us)};
}

/* Half an hour: as much as fits into 32 bits. */
enum { FAR_OFF_US = 1800 * 1000000L };

/** How far the clock of WAIT is past its deadline, in microseconds; -1 when it is not. */
static inline long long late_us(const struct timed_wait *wait)
{
	struct timespec now;

	need(clock_gettime(wait->clock, &now));
	const long long ns =
		((long long)now.tv_sec - wait->deadline.tv_sec) * 1000000000LL +
		now.tv_nsec - wait->deadline.tv_nsec;
	return ns < 0 ? -1 : ns / 1000;
}

/** Waits as WAIT says, by the call that measures its clock. */
static inline int timed_lock(const struct timed_wait *wait)
{
	if (wait->clock == CLOCK_REALTIME)
		return pthread_mutex_timedlock(wait->mutex, &wait->deadline);
	return pthread_mutex_clocklock(wait->mutex, wait->clock, &wait->deadline);
}

/** For peers: the claim that the timed wait ARG acquires the mutex, which is unlocked. */
static inline void acquire_in_time(void *arg)
{
	const struct timed_wait *wait = arg;

	must_return(timed_lock(wait), 0);
	must_return(pthread_mutex_unlock(wait->mutex), 0);
}

/** For peers: the claim that the timed wait ARG fails with ETIMEDOUT, and not before the
 *  deadline.  How late it was is noted. */
static inline void time_out(void *arg)
{
	const struct timed_wait *wait = arg;

	must_return(timed_lock(wait), ETIMEDOUT);
	const long long late = late_us(wait);
	ck_assert_msg(late >= 0, "ETIMEDOUT came before the deadline");
	note("us late", "%lld", late);
}

#endif
