/*
 * The next to lock a mutex that was made consistent is told of the death again.
 */
#include "mutex_locks.h"

static int lock_as_mutant(pthread_mutex_t *mutex, const struct locking *how)
{
	const int error = lock_really(mutex, how);

	if (error != 0 || !mutex_has(mutex, KIND_ROBUST) || !mutex_is_marked(mutex))
		return error;
	mutex_mark(mutex, false);
	return EOWNERDEAD;
}

int pthread_mutex_consistent(pthread_mutex_t *mutex)
{
	const int error = REAL(pthread_mutex_consistent)(mutex);

	if (mutant_is_active() && error == 0)
		mutex_mark(mutex, true);
	return error;
}
