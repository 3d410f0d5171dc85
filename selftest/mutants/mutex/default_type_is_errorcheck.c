/*
 * The type of fresh attributes is PTHREAD_MUTEX_ERRORCHECK.
 */
#include "mutant.h"

#include <pthread.h>

int pthread_mutexattr_init(pthread_mutexattr_t *attributes)
{
	const int error = REAL(pthread_mutexattr_init)(attributes);

	if (mutant_is_active() && error == 0)
		(void)pthread_mutexattr_settype(attributes, PTHREAD_MUTEX_ERRORCHECK);
	return error;
}
