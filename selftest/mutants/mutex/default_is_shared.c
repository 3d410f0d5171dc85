/*
 * Fresh attributes are PTHREAD_PROCESS_SHARED.
 */
#include "mutant.h"

#include <pthread.h>

int pthread_mutexattr_init(pthread_mutexattr_t *attributes)
{
	const int error = REAL(pthread_mutexattr_init)(attributes);

	if (mutant_is_active() && error == 0)
		(void)pthread_mutexattr_setpshared(attributes, PTHREAD_PROCESS_SHARED);
	return error;
}
