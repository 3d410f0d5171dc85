/*
 * The ceiling of a mutex that has none is asked for in vain with ENOTSUP.
 */
#include "mutex_object.h"

#include <errno.h>

int pthread_mutex_getprioceiling(const pthread_mutex_t *mutex, int *ceiling)
{
	return mutant_is_active() && !mutex_has(mutex, KIND_PROTECT)
		? ENOTSUP
		: REAL(pthread_mutex_getprioceiling)(mutex, ceiling);
}

int pthread_mutex_setprioceiling(pthread_mutex_t *mutex, int ceiling, int *old)
{
	return mutant_is_active() && !mutex_has(mutex, KIND_PROTECT)
		? ENOTSUP
		: REAL(pthread_mutex_setprioceiling)(mutex, ceiling, old);
}
