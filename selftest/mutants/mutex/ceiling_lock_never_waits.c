/*
 * Lock of a mutex with a ceiling gives 0 though another thread has it.
 */
#include "mutex_locks.h"

static int lock_as_mutant(pthread_mutex_t *mutex, const struct locking *how)
{
	return how->call == LOCK && mutex_has(mutex, KIND_PROTECT) &&
			mutex_is_held_by_other(mutex)
		? 0
		: lock_really(mutex, how);
}
