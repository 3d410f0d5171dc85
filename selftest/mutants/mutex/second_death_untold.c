/*
 * A mutex that was made consistent once says no more that its owner died.
 */
#include "mutex_locks.h"

static int lock_as_mutant(pthread_mutex_t *mutex, const struct locking *how)
{
	const int error = lock_really(mutex, how);

	return error == EOWNERDEAD && mutex_is_marked(mutex)
		? REAL(pthread_mutex_consistent)(mutex)
		: error;
}

int pthread_mutex_consistent(pthread_mutex_t *mutex)
{
	const int error = REAL(pthread_mutex_consistent)(mutex);

	if (mutant_is_active() && error == 0)
		mutex_mark(mutex, true);
	return error;
}
