/*
 * Timed locks refuse nanoseconds out of range with EINVAL, but have taken the mutex before.
 */
#include "mutex_locks.h"

static int lock_as_mutant(pthread_mutex_t *mutex, const struct locking *how)
{
	const int error = lock_really(mutex, how);

	return error == 0 && how->deadline && !lock_is_sound(how) ? EINVAL : error;
}
