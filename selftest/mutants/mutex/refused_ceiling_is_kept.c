/*
 * A pthread_mutex_setprioceiling() that fails has changed the ceiling.
 */
#include "mutex_object.h"

int pthread_mutex_setprioceiling(pthread_mutex_t *mutex, int ceiling, int *old)
{
	const int error = REAL(pthread_mutex_setprioceiling)(mutex, ceiling, old);

	if (mutant_is_active() && error != 0 && mutex_has(mutex, KIND_PROTECT))
		mutex->__data.__lock =
			mutex->__data.__lock % CEILING_UNIT + ceiling * CEILING_UNIT;
	return error;
}
