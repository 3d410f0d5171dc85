/*
 * pthread_mutexattr_setpshared() with an undefined value gives ENOTSUP.
 */
#include "mutant.h"

#include <errno.h>
#include <pthread.h>

int pthread_mutexattr_setpshared(pthread_mutexattr_t *attributes, int value)
{
	const int error = REAL(pthread_mutexattr_setpshared)(attributes, value);

	return mutant_is_active() && error == EINVAL ? ENOTSUP : error;
}
