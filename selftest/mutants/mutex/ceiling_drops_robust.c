/*
 * A mutex that is to be robust and to have a ceiling is not robust.
 */
#include "mutant.h"

#include <errno.h>
#include <pthread.h>

int pthread_mutex_init(pthread_mutex_t *mutex, const pthread_mutexattr_t *attributes)
{
	const int error = REAL(pthread_mutex_init)(mutex, attributes);

	if (!mutant_is_active() || error != ENOTSUP)
		return error;
	int protocol = PTHREAD_PRIO_NONE;
	pthread_mutexattr_t stalled = *attributes;
	(void)pthread_mutexattr_getprotocol(&stalled, &protocol);
	if (protocol != PTHREAD_PRIO_PROTECT)
		return error;
	(void)pthread_mutexattr_setrobust(&stalled, PTHREAD_MUTEX_STALLED);
	return REAL(pthread_mutex_init)(mutex, &stalled);
}
