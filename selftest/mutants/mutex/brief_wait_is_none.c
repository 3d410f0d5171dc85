/*
 * Timed locks wait in steps of a quarter of a millisecond, and end at the last step before the
 * deadline.
 */
#include "mutex_locks.h"

enum { STEP_US = 250 };

static int lock_as_mutant(pthread_mutex_t *mutex, const struct locking *how)
{
	const long left_us = lock_us_left(how);

	return left_us > 0 && left_us < STEP_US && mutex_is_held_by_other(mutex)
		? ETIMEDOUT
		: lock_really(mutex, how);
}
