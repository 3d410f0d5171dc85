/*
 * Unlock of a robust mutex by a thread that does not own it gives 0.
 */
#include "mutex_object.h"

#include <errno.h>

int pthread_mutex_unlock(pthread_mutex_t *mutex)
{
	const int error = REAL(pthread_mutex_unlock)(mutex);

	return mutant_is_active() && error == EPERM && mutex_has(mutex, KIND_ROBUST)
		? 0
		: error;
}
