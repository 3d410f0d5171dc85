/*
 * Destroy of a locked mutex gives EBUSY, but the mutex is gone.
 */
#include "mutex_object.h"

#include <errno.h>

int pthread_mutex_destroy(pthread_mutex_t *mutex)
{
	if (!mutant_is_active() || !mutex_is_held(mutex))
		return REAL(pthread_mutex_destroy)(mutex);
	mutex->__data.__kind = -1;
	return EBUSY;
}
