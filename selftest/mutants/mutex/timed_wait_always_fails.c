/*
 * A timed lock that had to wait gives ETIMEDOUT, and leaves the mutex, even when it got it.
 */
#include "mutex_locks.h"

static int lock_as_mutant(pthread_mutex_t *mutex, const struct locking *how)
{
	const bool waits = how->deadline && mutex_is_held_by_other(mutex);
	const int error = lock_really(mutex, how);

	if (!waits || error != 0)
		return error;
	(void)REAL(pthread_mutex_unlock)(mutex);
	return ETIMEDOUT;
}
