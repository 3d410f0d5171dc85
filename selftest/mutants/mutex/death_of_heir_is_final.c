/*
 * A mutex whose owner died is unrecoverable when the next one dies before it is consistent.
 */
#include "mutex_locks.h"

static int lock_as_mutant(pthread_mutex_t *mutex, const struct locking *how)
{
	const int before = mutex->__data.__owner;
	const int error = lock_really(mutex, how);

	return error == EOWNERDEAD && before == OWNER_INCONSISTENT ? ENOTRECOVERABLE
								   : error;
}
