/*
 * A timed lock that would have to wait refuses a deadline that is over for a second with EINVAL.
 */
#include "mutex_locks.h"

enum { SECOND_US = 1000000 };

static int lock_as_mutant(pthread_mutex_t *mutex, const struct locking *how)
{
	return mutex_is_held(mutex) && lock_us_left(how) < -SECOND_US
		? EINVAL
		: lock_really(mutex, how);
}
