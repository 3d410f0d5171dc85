/*
 * A lock that fails as the thread cannot run at the ceiling has taken the mutex before.
 */
#include "mutex_object.h"

int pthread_mutex_lock(pthread_mutex_t *mutex)
{
	const int error = REAL(pthread_mutex_lock)(mutex);

	if (mutant_is_active() && error != 0 && mutex_has(mutex, KIND_PROTECT))
		mutex->__data.__lock |= 1;
	return error;
}
