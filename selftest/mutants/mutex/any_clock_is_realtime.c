/*
 * Clocklock takes every clock that it does not know for CLOCK_REALTIME.
 */
#include "mutex_locks.h"

static int lock_as_mutant(pthread_mutex_t *mutex, const struct locking *how)
{
	return how->call == CLOCKLOCK && how->clock != CLOCK_MONOTONIC
		? REAL(pthread_mutex_timedlock)(mutex, how->deadline)
		: lock_really(mutex, how);
}
