/*
 * Who comes to an unrecoverable mutex gets EOWNERDEAD.
 */
#include "mutex_locks.h"

static int lock_as_mutant(pthread_mutex_t *mutex, const struct locking *how)
{
	const int error = lock_really(mutex, how);

	return error == ENOTRECOVERABLE ? EOWNERDEAD : error;
}
