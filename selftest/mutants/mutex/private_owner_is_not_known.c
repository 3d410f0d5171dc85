/*
 * A process-private mutex does not know its owner: unlock by another thread gives 0, a timed lock
 * of the owner's own errorcheck mutex times out, and trylock and timed locks of its recursive one
 * are not counted.
 */
#include "mutex_locks.h"

static int lock_as_mutant(pthread_mutex_t *mutex, const struct locking *how)
{
	const int type = mutex_type(mutex);

	if (how->call == LOCK || mutex_has(mutex, KIND_SHARED) || !mutex_is_own(mutex))
		return lock_really(mutex, how);
	if (type == PTHREAD_MUTEX_RECURSIVE)
		return 0;
	return how->deadline && type == PTHREAD_MUTEX_ERRORCHECK
		? ETIMEDOUT
		: lock_really(mutex, how);
}

int pthread_mutex_unlock(pthread_mutex_t *mutex)
{
	const int error = REAL(pthread_mutex_unlock)(mutex);

	return mutant_is_active() && error == EPERM &&
			!mutex_has(mutex, KIND_SHARED | KIND_ROBUST)
		? 0
		: error;
}
