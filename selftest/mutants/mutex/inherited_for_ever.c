/*
 * Who waits for a mutex that inherits priority gives its owner that priority for ever.
 */
#include "mutex_locks.h"

#include <sched.h>

static int lock_as_mutant(pthread_mutex_t *mutex, const struct locking *how)
{
	struct sched_param own;

	if (how->call != TRYLOCK && mutex_has(mutex, KIND_INHERIT) &&
		mutex_is_held_by_other(mutex) && sched_getscheduler(0) == SCHED_FIFO &&
		sched_getparam(0, &own) == 0)
		(void)sched_setscheduler(mutex->__data.__owner, SCHED_FIFO, &own);
	return lock_really(mutex, how);
}
