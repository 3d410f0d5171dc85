/*
 * A recursive mutex does not look who locks it again: it takes any thread for its owner.
 */
#include "mutex_locks.h"

static int lock_as_mutant(pthread_mutex_t *mutex, const struct locking *how)
{
	if (mutex_type(mutex) != PTHREAD_MUTEX_RECURSIVE ||
		!mutex_is_held_by_other(mutex))
		return lock_really(mutex, how);
	mutex->__data.__count++;
	return 0;
}
