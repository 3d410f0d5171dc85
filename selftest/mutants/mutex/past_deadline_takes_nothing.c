/*
 * A timed lock with a deadline that is over for a second gives ETIMEDOUT, also when the mutex
 * is free.
 */
#include "mutex_locks.h"

enum { SECOND_US = 1000000 };

static int lock_as_mutant(pthread_mutex_t *mutex, const struct locking *how)
{
	return lock_us_left(how) < -SECOND_US ? ETIMEDOUT : lock_really(mutex, how);
}
