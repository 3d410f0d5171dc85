/*
 * Attributes have a ceiling only with PTHREAD_PRIO_PROTECT: without it there is EINVAL.
 */
#include "mutant.h"

#include <errno.h>
#include <pthread.h>

int pthread_mutexattr_getprioceiling(const pthread_mutexattr_t *attributes, int *ceiling)
{
	int protocol = PTHREAD_PRIO_NONE;

	(void)pthread_mutexattr_getprotocol(attributes, &protocol);
	return mutant_is_active() && protocol != PTHREAD_PRIO_PROTECT
		? EINVAL
		: REAL(pthread_mutexattr_getprioceiling)(attributes, ceiling);
}
