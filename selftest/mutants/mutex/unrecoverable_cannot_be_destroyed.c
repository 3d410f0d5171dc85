/*
 * Destroy of an unrecoverable mutex gives EBUSY.
 */
#include "mutex_object.h"

#include <errno.h>

int pthread_mutex_destroy(pthread_mutex_t *mutex)
{
	return mutant_is_active() && mutex->__data.__owner == OWNER_UNRECOVERABLE
		? EBUSY
		: REAL(pthread_mutex_destroy)(mutex);
}
