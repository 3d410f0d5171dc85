/*
 * pthread_mutexattr_setprotocol() takes PTHREAD_PRIO_PROTECT for what is not defined: EINVAL.
 */
#include "mutant.h"

#include <errno.h>
#include <pthread.h>

int pthread_mutexattr_setprotocol(pthread_mutexattr_t *attributes, int protocol)
{
	return mutant_is_active() && protocol == PTHREAD_PRIO_PROTECT
		? EINVAL
		: REAL(pthread_mutexattr_setprotocol)(attributes, protocol);
}
