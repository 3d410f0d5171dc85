/*
 * mutex_locks: for mutants that stand in front of all that locks a mutex.  The four functions
 * go to the mutant's own lock_as_mutant() where a claim runs.
 */
#ifndef ASSAY_SELFTEST_MUTEX_LOCKS_H
#define ASSAY_SELFTEST_MUTEX_LOCKS_H

#include "mutex_object.h"

#include <errno.h>
#include <limits.h>
#include <stddef.h>
#include <time.h>

enum { NS_A_SECOND = 1000000000 };

struct locking {
	enum { LOCK, TRYLOCK, TIMEDLOCK, CLOCKLOCK } call;
	clockid_t clock;
	const struct timespec *deadline; /* NULL: lock and trylock */
};

/** Defined by the mutant. */
static int lock_as_mutant(pthread_mutex_t *mutex, const struct locking *how);

static inline int lock_really(pthread_mutex_t *mutex, const struct locking *how)
{
	switch (how->call) {
	case LOCK:
		return REAL(pthread_mutex_lock)(mutex);
	case TRYLOCK:
		return REAL(pthread_mutex_trylock)(mutex);
	case TIMEDLOCK:
		return REAL(pthread_mutex_timedlock)(mutex, how->deadline);
	default:
		return REAL(pthread_mutex_clocklock)(mutex, how->clock, how->deadline);
	}
}

static inline int lock_somehow(pthread_mutex_t *mutex, const struct locking *how)
{
	return mutant_is_active() ? lock_as_mutant(mutex, how) : lock_really(mutex, how);
}

int pthread_mutex_lock(pthread_mutex_t *mutex)
{
	return lock_somehow(mutex, &(struct locking){.call = LOCK});
}

int pthread_mutex_trylock(pthread_mutex_t *mutex)
{
	return lock_somehow(mutex, &(struct locking){.call = TRYLOCK});
}

int pthread_mutex_timedlock(pthread_mutex_t *mutex, const struct timespec *deadline)
{
	return lock_somehow(mutex,
		&(struct locking){TIMEDLOCK, CLOCK_REALTIME, deadline});
}

int pthread_mutex_clocklock(pthread_mutex_t *mutex, clockid_t clock,
	const struct timespec *deadline)
{
	return lock_somehow(mutex, &(struct locking){CLOCKLOCK, clock, deadline});
}

/** How many microseconds there are until the deadline; LONG_MAX where there is none. */
static inline long lock_us_left(const struct locking *how)
{
	struct timespec now;

	if (!how->deadline || clock_gettime(how->clock, &now) != 0)
		return LONG_MAX;
	return (how->deadline->tv_sec - now.tv_sec) * 1000000L +
		(how->deadline->tv_nsec - now.tv_nsec) / 1000;
}

/** Whether there is a deadline with nanoseconds in range. */
static inline bool lock_is_sound(const struct locking *how)
{
	return how->deadline && how->deadline->tv_nsec >= 0 &&
		how->deadline->tv_nsec < NS_A_SECOND;
}

/** Locks as HOW says, but waits by the clock OTHER for what is left of the time. */
static inline int lock_by_clock(pthread_mutex_t *mutex, const struct locking *how,
	clockid_t other)
{
	struct timespec here, there;

	(void)clock_gettime(how->clock, &here);
	(void)clock_gettime(other, &there);
	there.tv_sec += how->deadline->tv_sec - here.tv_sec;
	there.tv_nsec += how->deadline->tv_nsec - here.tv_nsec;
	for (; there.tv_nsec < 0; there.tv_nsec += NS_A_SECOND)
		there.tv_sec--;
	for (; there.tv_nsec >= NS_A_SECOND; there.tv_nsec -= NS_A_SECOND)
		there.tv_sec++;
	if (there.tv_sec < 0)
		there.tv_sec = 0;
	return lock_really(mutex, &(struct locking){CLOCKLOCK, other, &there});
}

#endif
