/*
 * Timed locks of a mutex that another thread has do not wait: they give EBUSY.
 */
#include "mutex_locks.h"

static int lock_as_mutant(pthread_mutex_t *mutex, const struct locking *how)
{
	return how->deadline && mutex_is_held_by_other(mutex) ? EBUSY
							      : lock_really(mutex, how);
}
