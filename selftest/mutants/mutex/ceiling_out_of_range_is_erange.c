/*
 * pthread_mutexattr_setprioceiling() with what is no priority gives ERANGE.
 */
#include "mutant.h"

#include <errno.h>
#include <pthread.h>

int pthread_mutexattr_setprioceiling(pthread_mutexattr_t *attributes, int value)
{
	const int error = REAL(pthread_mutexattr_setprioceiling)(attributes, value);

	return mutant_is_active() && error == EINVAL ? ERANGE : error;
}
