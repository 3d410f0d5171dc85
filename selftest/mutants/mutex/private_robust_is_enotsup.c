/*
 * A robust mutex that is not shared between processes is refused with ENOTSUP.
 */
#include "mutant.h"

#include <errno.h>
#include <pthread.h>

int pthread_mutex_init(pthread_mutex_t *mutex, const pthread_mutexattr_t *attributes)
{
	int robust = PTHREAD_MUTEX_STALLED, shared = PTHREAD_PROCESS_PRIVATE;

	if (mutant_is_active() && attributes) {
		(void)pthread_mutexattr_getrobust(attributes, &robust);
		(void)pthread_mutexattr_getpshared(attributes, &shared);
	}
	return robust == PTHREAD_MUTEX_ROBUST && shared == PTHREAD_PROCESS_PRIVATE
		? ENOTSUP
		: REAL(pthread_mutex_init)(mutex, attributes);
}
