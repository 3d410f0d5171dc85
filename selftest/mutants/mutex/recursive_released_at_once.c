/*
 * The first unlock of a recursive mutex releases it, however often it was locked.
 */
#include "mutant.h"

#include <pthread.h>

int pthread_mutex_unlock(pthread_mutex_t *mutex)
{
	if (mutant_is_active() && (mutex->__data.__kind & 3) == PTHREAD_MUTEX_RECURSIVE)
		while (mutex->__data.__count > 1)
			if (REAL(pthread_mutex_unlock)(mutex) != 0)
				break;
	return REAL(pthread_mutex_unlock)(mutex);
}
