/*
 * pthread_mutexattr_settype() does not check the type.
 */
#include "mutant.h"

#include <errno.h>
#include <pthread.h>

int pthread_mutexattr_settype(pthread_mutexattr_t *attributes, int type)
{
	const int error = REAL(pthread_mutexattr_settype)(attributes, type);

	return mutant_is_active() && error == EINVAL ? 0 : error;
}
