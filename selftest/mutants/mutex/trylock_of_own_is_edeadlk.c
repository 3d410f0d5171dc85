/*
 * Trylock by the owner gives EDEADLK.
 */
#include "mutex_object.h"

#include <errno.h>

int pthread_mutex_trylock(pthread_mutex_t *mutex)
{
	const int error = REAL(pthread_mutex_trylock)(mutex);

	return mutant_is_active() && error == EBUSY && mutex_is_own(mutex) ? EDEADLK
									   : error;
}
