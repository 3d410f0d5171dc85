/*
 * pthread_mutexattr_setrobust() does not check its value.
 */
#include "mutant.h"

#include <errno.h>
#include <pthread.h>

int pthread_mutexattr_setrobust(pthread_mutexattr_t *attributes, int value)
{
	const int error = REAL(pthread_mutexattr_setrobust)(attributes, value);

	return mutant_is_active() && error == EINVAL ? 0 : error;
}
