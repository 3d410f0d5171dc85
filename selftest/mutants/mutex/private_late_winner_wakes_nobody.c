/*
 * A timed lock that gets a process-private mutex when its time is up gives ETIMEDOUT, and lets it
 * go without waking another who waits.  Not when it had little time.
 */
#include "mutex_locks.h"

enum { LITTLE_US = 100 };

static int lock_as_mutant(pthread_mutex_t *mutex, const struct locking *how)
{
	const bool waits = how->deadline && lock_us_left(how) > LITTLE_US &&
		!mutex_has(mutex, KIND_SHARED) && mutex_is_held_by_other(mutex);
	const int error = lock_really(mutex, how);

	if (!waits || error != 0 || lock_us_left(how) > 0)
		return error;
	mutex_forget_waiters(mutex);
	(void)REAL(pthread_mutex_unlock)(mutex);
	return ETIMEDOUT;
}
