/*
 * pthread_mutex_setprioceiling() gives the new ceiling as the old one.
 */
#include "mutant.h"

#include <pthread.h>

int pthread_mutex_setprioceiling(pthread_mutex_t *mutex, int ceiling, int *old)
{
	const int error = REAL(pthread_mutex_setprioceiling)(mutex, ceiling, old);

	if (mutant_is_active() && error == 0)
		*old = ceiling;
	return error;
}
