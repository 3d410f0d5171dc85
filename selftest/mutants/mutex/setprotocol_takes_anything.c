/*
 * pthread_mutexattr_setprotocol() does not check the protocol.
 */
#include "mutant.h"

#include <errno.h>
#include <pthread.h>

int pthread_mutexattr_setprotocol(pthread_mutexattr_t *attributes, int value)
{
	const int error = REAL(pthread_mutexattr_setprotocol)(attributes, value);

	return mutant_is_active() && error == EINVAL ? 0 : error;
}
