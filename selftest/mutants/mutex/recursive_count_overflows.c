/*
 * Locking a recursive mutex more often than can be counted begins again at 0.
 */
#include "mutex_locks.h"

static int lock_as_mutant(pthread_mutex_t *mutex, const struct locking *how)
{
	const int error = lock_really(mutex, how);

	if (error != EAGAIN)
		return error;
	mutex->__data.__count = 0;
	return 0;
}
