/*
 * Init allocates memory, and does not look whether there was any.
 */
#include "mutant.h"

#include <pthread.h>
#include <stdlib.h>

static char *volatile memory;

int pthread_mutex_init(pthread_mutex_t *mutex, const pthread_mutexattr_t *attributes)
{
	if (mutant_is_active()) {
		memory = malloc(64);
		*(volatile char *)memory = 0;
	}
	return REAL(pthread_mutex_init)(mutex, attributes);
}
