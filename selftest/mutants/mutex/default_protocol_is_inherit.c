/*
 * The protocol of fresh attributes is PTHREAD_PRIO_INHERIT.
 */
#include "mutant.h"

#include <pthread.h>

int pthread_mutexattr_init(pthread_mutexattr_t *attributes)
{
	const int error = REAL(pthread_mutexattr_init)(attributes);

	if (mutant_is_active() && error == 0)
		(void)pthread_mutexattr_setprotocol(attributes, PTHREAD_PRIO_INHERIT);
	return error;
}
