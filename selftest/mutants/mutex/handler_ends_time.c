/*
 * A timed lock that waits takes a handler that runs for the end of its time.
 */
#include "mutex_interrupted.h"

static int lock_as_mutant(pthread_mutex_t *mutex, const struct locking *how)
{
	return how->deadline ? interrupted_lock(mutex, how, ETIMEDOUT)
			     : lock_really(mutex, how);
}
