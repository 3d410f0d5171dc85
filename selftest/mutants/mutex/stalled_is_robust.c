/*
 * Every mutex is robust.
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
	if (protocol != PTHREAD_PRIO_PROTECT)
		(void)pthread_mutexattr_setrobust(&changed, PTHREAD_MUTEX_ROBUST);
	return REAL(pthread_mutex_init)(mutex, &changed);
}
