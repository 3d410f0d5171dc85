/*
 * Who waits for a mutex does so at the lowest real-time priority, whatever its own is.
 */
#include "mutex_locks.h"

#include <sched.h>

static int lock_as_mutant(pthread_mutex_t *mutex, const struct locking *how)
{
	const struct sched_param lowest = {.sched_priority = 1};
	struct sched_param own;

	if (how->call == TRYLOCK || sched_getscheduler(0) != SCHED_FIFO ||
		!mutex_is_held_by_other(mutex) || sched_getparam(0, &own) != 0)
		return lock_really(mutex, how);
	(void)sched_setparam(0, &lowest);
	const int error = lock_really(mutex, how);
	(void)sched_setparam(0, &own);
	return error;
}
