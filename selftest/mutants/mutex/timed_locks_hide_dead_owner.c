/*
 * Timed locks recover a mutex whose owner died by themselves, and give 0.
 */
#include "mutex_locks.h"

static int lock_as_mutant(pthread_mutex_t *mutex, const struct locking *how)
{
	const int error = lock_really(mutex, how);

	return how->deadline && error == EOWNERDEAD ? pthread_mutex_consistent(mutex)
						    : error;
}
