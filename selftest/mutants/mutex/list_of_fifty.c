/*
 * The kernel does not look at the robust list of a thread that has had more than fifty robust
 * mutexes at once.
 */
#include "robust_list.h"

enum { MOST = 50 };

static _Thread_local int held;

int pthread_mutex_lock(pthread_mutex_t *mutex)
{
	const int error = REAL(pthread_mutex_lock)(mutex);

	if (mutant_is_active() && error == 0 && mutex_has(mutex, KIND_ROBUST) &&
		++held > MOST)
		robust_list_set(NULL);
	return error;
}

int pthread_mutex_unlock(pthread_mutex_t *mutex)
{
	if (mutant_is_active() && mutex_has(mutex, KIND_ROBUST))
		held--;
	return REAL(pthread_mutex_unlock)(mutex);
}
