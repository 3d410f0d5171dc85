/*
 * Init does not clear the word that says who has the mutex.  Only where all its bits are set:
 * what else lies on a stack is chance.
 */
#include "mutex_object.h"

int pthread_mutex_init(pthread_mutex_t *mutex, const pthread_mutexattr_t *attributes)
{
	const int found = mutex->__data.__lock;
	const int error = REAL(pthread_mutex_init)(mutex, attributes);

	if (mutant_is_active() && error == 0 && found == -1)
		mutex->__data.__lock = found;
	return error;
}
