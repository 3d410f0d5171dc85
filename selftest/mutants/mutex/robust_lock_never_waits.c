/*
 * Lock of a robust mutex does not wait for another thread: it gives EBUSY.
 */
#include "mutex_object.h"

#include <errno.h>

int pthread_mutex_lock(pthread_mutex_t *mutex)
{
	return mutant_is_active() && mutex_has(mutex, KIND_ROBUST) &&
			!mutex_has(mutex, KIND_INHERIT) && mutex_is_held_by_other(mutex)
		? EBUSY
		: REAL(pthread_mutex_lock)(mutex);
}
