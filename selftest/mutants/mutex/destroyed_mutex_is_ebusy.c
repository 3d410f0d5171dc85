/*
 * Init of a mutex that was destroyed fails with EBUSY.
 */
#include "mutex_object.h"

#include <errno.h>

static const pthread_mutex_t *destroyed;

int pthread_mutex_destroy(pthread_mutex_t *mutex)
{
	destroyed = mutex;
	return REAL(pthread_mutex_destroy)(mutex);
}

int pthread_mutex_init(pthread_mutex_t *mutex, const pthread_mutexattr_t *attributes)
{
	return mutant_is_active() && mutex == destroyed
		? EBUSY
		: REAL(pthread_mutex_init)(mutex, attributes);
}
