/*
 * A child has its parent's thread id in mind: it may unlock what its parent has locked.
 */
#include "mutex_object.h"

#include <errno.h>

int pthread_mutex_unlock(pthread_mutex_t *mutex)
{
	const int error = REAL(pthread_mutex_unlock)(mutex);

	return mutant_is_active() && error == EPERM && mutex->__data.__owner == getppid()
		? 0
		: error;
}
