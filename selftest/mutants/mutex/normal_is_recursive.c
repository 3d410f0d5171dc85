/*
 * The owner of a normal mutex can lock it again, also by a timed lock.
 */
#include "mutex_locks.h"

static int lock_as_mutant(pthread_mutex_t *mutex, const struct locking *how)
{
	return how->call != TRYLOCK && mutex_type(mutex) == PTHREAD_MUTEX_NORMAL &&
			mutex_is_own(mutex)
		? 0
		: lock_really(mutex, how);
}
