/*
 * Unlock of an errorcheck mutex by a thread that does not own it gives 0.
 */
#include "mutant.h"

#include <errno.h>
#include <pthread.h>

int pthread_mutex_unlock(pthread_mutex_t *mutex)
{
	const int error = REAL(pthread_mutex_unlock)(mutex);

	return mutant_is_active() && error == EPERM &&
			(mutex->__data.__kind & 3) == PTHREAD_MUTEX_ERRORCHECK
		? 0
		: error;
}
