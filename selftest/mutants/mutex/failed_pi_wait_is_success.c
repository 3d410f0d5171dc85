/*
 * A lock of a mutex that inherits priority takes it for its own when its futex call fails.
 */
#include "mutex_object.h"

#include <stddef.h>

int pthread_mutex_lock(pthread_mutex_t *mutex)
{
	if (!mutant_is_active() || mutex_type(mutex) != PTHREAD_MUTEX_NORMAL ||
		!mutex_has(mutex, KIND_INHERIT) || !mutex_has(mutex, KIND_SHARED) ||
		mutex_has(mutex, KIND_ROBUST) || !mutex_is_held_by_other(mutex))
		return REAL(pthread_mutex_lock)(mutex);
	(void)syscall(SYS_futex, &mutex->__data.__lock, FUTEX_LOCK_PI, 0, NULL, NULL, 0);
	mutex->__data.__owner = (int)syscall(SYS_gettid);
	mutex->__data.__nusers++;
	return 0;
}
