/*
 * A timed lock of an errorcheck or recursive mutex that another thread has does not wait: it gives
 * ETIMEDOUT at once.
 */
#include "mutex_locks.h"

static int lock_as_mutant(pthread_mutex_t *mutex, const struct locking *how)
{
	const int type = mutex_type(mutex);
	const bool checks =
		type == PTHREAD_MUTEX_ERRORCHECK || type == PTHREAD_MUTEX_RECURSIVE;

	return checks && lock_is_sound(how) && mutex_is_held_by_other(mutex)
		? ETIMEDOUT
		: lock_really(mutex, how);
}
