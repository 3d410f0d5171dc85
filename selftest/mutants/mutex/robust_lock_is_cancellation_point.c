/*
 * A thread that waits for a robust mutex, or one that inherits priority, can be cancelled.
 */
#include "mutex_locks.h"

static int lock_as_mutant(pthread_mutex_t *mutex, const struct locking *how)
{
	int before;

	if (how->call == TRYLOCK || !mutex_has(mutex, KIND_ROBUST | KIND_INHERIT) ||
		!mutex_is_held_by_other(mutex))
		return lock_really(mutex, how);
	(void)pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, &before);
	const int error = lock_really(mutex, how);
	(void)pthread_setcanceltype(before, NULL);
	return error;
}
