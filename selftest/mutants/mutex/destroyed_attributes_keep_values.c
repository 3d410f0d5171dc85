/*
 * Init of attributes that were destroyed leaves them as they were.
 */
#include "mutant.h"

#include <pthread.h>
#include <stddef.h>

static const pthread_mutexattr_t *destroyed;

int pthread_mutexattr_destroy(pthread_mutexattr_t *attributes)
{
	destroyed = attributes;
	return REAL(pthread_mutexattr_destroy)(attributes);
}

int pthread_mutexattr_init(pthread_mutexattr_t *attributes)
{
	const bool is_left = mutant_is_active() && attributes == destroyed;

	destroyed = NULL;
	return is_left ? 0 : REAL(pthread_mutexattr_init)(attributes);
}
