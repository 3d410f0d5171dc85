/*
 * The process that unlocked an owner-dead mutex without consistent gets EDEADLK from it; only
 * others get ENOTRECOVERABLE.
 */
#include "mutex_locks.h"

static const pthread_mutex_t *given_up;
static pid_t by;

int pthread_mutex_unlock(pthread_mutex_t *mutex)
{
	if (mutant_is_active() && mutex_has(mutex, KIND_ROBUST) &&
		mutex->__data.__owner == OWNER_INCONSISTENT) {
		given_up = mutex;
		by = getpid();
	}
	return REAL(pthread_mutex_unlock)(mutex);
}

static int lock_as_mutant(pthread_mutex_t *mutex, const struct locking *how)
{
	const int error = lock_really(mutex, how);

	return error == ENOTRECOVERABLE && given_up == mutex && by == getpid() ? EDEADLK
									       : error;
}
