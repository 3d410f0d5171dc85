/*
 * A lock of an errorcheck or recursive mutex that waits ends with EINTR when a handler runs.
 */
#include "mutex_interrupted.h"

static int lock_as_mutant(pthread_mutex_t *mutex, const struct locking *how)
{
	const int type = mutex_type(mutex);

	return type == PTHREAD_MUTEX_ERRORCHECK || type == PTHREAD_MUTEX_RECURSIVE
		? interrupted_lock(mutex, how, EINTR)
		: lock_really(mutex, how);
}
