/*
 * pthread_mutex_setprioceiling() does not wait until the mutex is unlocked.
 */
#include "mutex_object.h"

int pthread_mutex_setprioceiling(pthread_mutex_t *mutex, int ceiling, int *old)
{
	if (!mutant_is_active() || !mutex_has(mutex, KIND_PROTECT) ||
		!mutex_is_held_by_other(mutex))
		return REAL(pthread_mutex_setprioceiling)(mutex, ceiling, old);
	const int word = mutex->__data.__lock;
	*old = word >> CEILING_SHIFT;
	mutex->__data.__lock = word % CEILING_UNIT + ceiling * CEILING_UNIT;
	return 0;
}
