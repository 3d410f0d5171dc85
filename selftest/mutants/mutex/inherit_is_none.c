/*
 * A PTHREAD_PRIO_INHERIT mutex does not inherit priority.
 */
#include "mutant.h"

#include <errno.h>
#include <pthread.h>

int pthread_mutex_init(pthread_mutex_t *mutex, const pthread_mutexattr_t *attributes)
{
	int protocol = PTHREAD_PRIO_NONE;

	if (!mutant_is_active() || !attributes)
		return REAL(pthread_mutex_init)(mutex, attributes);
	pthread_mutexattr_t changed = *attributes;
	(void)pthread_mutexattr_getprotocol(&changed, &protocol);
	if (protocol == PTHREAD_PRIO_INHERIT)
		(void)pthread_mutexattr_setprotocol(&changed, PTHREAD_PRIO_NONE);
	return REAL(pthread_mutex_init)(mutex, &changed);
}
