/*
 * Lock counts each user of a mutex twice, unlock once, and destroy finds it in use: EBUSY.
 */
#include "mutex_object.h"

#include <errno.h>

int pthread_mutex_lock(pthread_mutex_t *mutex)
{
	const int error = REAL(pthread_mutex_lock)(mutex);

	if (mutant_is_active() && error == 0)
		mutex->__data.__nusers++;
	return error;
}

int pthread_mutex_destroy(pthread_mutex_t *mutex)
{
	return mutant_is_active() && mutex->__data.__nusers != 0
		? EBUSY
		: REAL(pthread_mutex_destroy)(mutex);
}
