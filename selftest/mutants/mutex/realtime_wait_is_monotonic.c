/*
 * A timed lock on CLOCK_REALTIME waits by CLOCK_MONOTONIC for what is left of the time.
 */
#include "mutex_locks.h"

static int lock_as_mutant(pthread_mutex_t *mutex, const struct locking *how)
{
	return how->clock == CLOCK_REALTIME && lock_is_sound(how)
		? lock_by_clock(mutex, how, CLOCK_MONOTONIC)
		: lock_really(mutex, how);
}
