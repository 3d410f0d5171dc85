/*
 * Timed locks of a process-private mutex that another thread has take nanoseconds out of range for
 * a time that is up.
 */
#include "mutex_locks.h"

static int lock_as_mutant(pthread_mutex_t *mutex, const struct locking *how)
{
	return how->deadline && !lock_is_sound(how) && !mutex_has(mutex, KIND_SHARED) &&
			mutex_is_held_by_other(mutex)
		? ETIMEDOUT
		: lock_really(mutex, how);
}
