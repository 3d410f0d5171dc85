/*
 * A lock that waits ends with EINTR when a handler runs.
 */
#include "mutex_interrupted.h"

static int lock_as_mutant(pthread_mutex_t *mutex, const struct locking *how)
{
	return how->call == LOCK ? interrupted_lock(mutex, how, EINTR)
				 : lock_really(mutex, how);
}
