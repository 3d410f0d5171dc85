/*
 * Lock by the owner of a mutex that is not recursive gives EBUSY.
 */
#include "mutex_object.h"

#include <errno.h>

int pthread_mutex_lock(pthread_mutex_t *mutex)
{
	return mutant_is_active() && mutex_type(mutex) != PTHREAD_MUTEX_RECURSIVE &&
			mutex_is_own(mutex)
		? EBUSY
		: REAL(pthread_mutex_lock)(mutex);
}
