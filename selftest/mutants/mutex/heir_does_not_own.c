/*
 * Trylock gives a mutex whose owner died to everybody until it is consistent.
 */
#include "mutex_object.h"

#include <errno.h>

int pthread_mutex_trylock(pthread_mutex_t *mutex)
{
	const int error = REAL(pthread_mutex_trylock)(mutex);

	return mutant_is_active() && error == EBUSY &&
			mutex->__data.__owner == OWNER_INCONSISTENT
		? EOWNERDEAD
		: error;
}
