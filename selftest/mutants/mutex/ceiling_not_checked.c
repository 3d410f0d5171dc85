/*
 * A mutex whose ceiling is below the priority of the caller is locked all the same.
 */
#include "mutex_locks.h"

static int lock_as_mutant(pthread_mutex_t *mutex, const struct locking *how)
{
	const int error = lock_really(mutex, how);

	return error == EINVAL && mutex_has(mutex, KIND_PROTECT) ? 0 : error;
}
