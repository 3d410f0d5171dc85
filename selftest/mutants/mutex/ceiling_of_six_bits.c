/*
 * Attributes have six bits for the ceiling: 64 becomes 0.
 */
#include "mutant.h"

#include <pthread.h>

int pthread_mutexattr_getprioceiling(const pthread_mutexattr_t *attributes, int *ceiling)
{
	const int error = REAL(pthread_mutexattr_getprioceiling)(attributes, ceiling);

	if (mutant_is_active() && error == 0)
		*ceiling %= 64;
	return error;
}
