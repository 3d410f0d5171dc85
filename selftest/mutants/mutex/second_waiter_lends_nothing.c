/*
 * A real-time thread that comes to a mutex for which somebody waits already lends the owner no
 * priority.
 */
#include "mutex_locks.h"

#include <sched.h>

static int lock_as_mutant(pthread_mutex_t *mutex, const struct locking *how)
{
	const struct timespec a_while = {.tv_nsec = 1000000};
	int error;

	if (how->call != LOCK || !mutex_has(mutex, KIND_INHERIT) ||
		sched_getscheduler(0) != SCHED_FIFO ||
		!(mutex->__data.__lock & (int)FUTEX_WAITERS))
		return lock_really(mutex, how);
	while ((error = REAL(pthread_mutex_trylock)(mutex)) == EBUSY)
		(void)syscall(SYS_futex, &mutex->__data.__lock, FUTEX_WAIT,
			mutex->__data.__lock, &a_while, NULL, 0);
	return error;
}
