/*
 * Trylock and timed locks by the owner of a recursive mutex are not counted.
 */
#include "mutex_locks.h"

static int lock_as_mutant(pthread_mutex_t *mutex, const struct locking *how)
{
	return how->call != LOCK && mutex_type(mutex) == PTHREAD_MUTEX_RECURSIVE &&
			mutex_is_own(mutex)
		? 0
		: lock_really(mutex, how);
}
