/*
 * Who takes over a recursive mutex that the dead owner had more than once has it as often.
 */
#include "mutex_locks.h"

static int lock_as_mutant(pthread_mutex_t *mutex, const struct locking *how)
{
	const unsigned before = mutex->__data.__count;
	const int error = lock_really(mutex, how);

	if (error == EOWNERDEAD && mutex_type(mutex) == PTHREAD_MUTEX_RECURSIVE &&
		before > 1)
		mutex->__data.__count = before;
	return error;
}
