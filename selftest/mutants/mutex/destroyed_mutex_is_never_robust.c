/*
 * A mutex that is initialised where one was destroyed is not robust, whatever its attributes
 * say.
 */
#include "mutex_object.h"

static const pthread_mutex_t *destroyed;

int pthread_mutex_destroy(pthread_mutex_t *mutex)
{
	destroyed = mutex;
	return REAL(pthread_mutex_destroy)(mutex);
}

int pthread_mutex_init(pthread_mutex_t *mutex, const pthread_mutexattr_t *attributes)
{
	if (!mutant_is_active() || mutex != destroyed || !attributes)
		return REAL(pthread_mutex_init)(mutex, attributes);
	pthread_mutexattr_t stalled = *attributes;
	(void)pthread_mutexattr_setrobust(&stalled, PTHREAD_MUTEX_STALLED);
	return REAL(pthread_mutex_init)(mutex, &stalled);
}
