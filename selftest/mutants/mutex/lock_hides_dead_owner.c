/*
 * Lock recovers a mutex whose owner died by itself, and gives 0.
 */
#include "mutant.h"

#include <errno.h>
#include <pthread.h>

int pthread_mutex_lock(pthread_mutex_t *mutex)
{
	const int error = REAL(pthread_mutex_lock)(mutex);

	return mutant_is_active() && error == EOWNERDEAD ? pthread_mutex_consistent(mutex)
							 : error;
}
