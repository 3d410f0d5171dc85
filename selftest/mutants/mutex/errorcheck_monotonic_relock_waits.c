/*
 * A lock until an instant of CLOCK_MONOTONIC does not see that the caller already has the
 * errorcheck mutex: it waits for it until the deadline.
 */
#include "mutex_locks.h"

static int lock_as_mutant(pthread_mutex_t *mutex, const struct locking *how)
{
	int word = 0;

	if (how->call != CLOCKLOCK || how->clock != CLOCK_MONOTONIC ||
		mutex_type(mutex) != PTHREAD_MUTEX_ERRORCHECK || !mutex_is_own(mutex))
		return lock_really(mutex, how);
	(void)syscall(SYS_futex, &word, FUTEX_WAIT_BITSET, word, how->deadline, NULL,
		FUTEX_BITSET_MATCH_ANY);
	return ETIMEDOUT;
}
