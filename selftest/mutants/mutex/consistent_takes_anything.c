/*
 * pthread_mutex_consistent() does not look whether anybody died, or the mutex is robust.
 */
#include "mutant.h"

#include <errno.h>
#include <pthread.h>

int pthread_mutex_consistent(pthread_mutex_t *mutex)
{
	const int error = REAL(pthread_mutex_consistent)(mutex);

	return mutant_is_active() && error == EINVAL ? 0 : error;
}
