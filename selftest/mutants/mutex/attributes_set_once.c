/*
 * Of an attributes object each attribute can be set once: what is set later is ignored.
 */
#include "mutant.h"

#include <pthread.h>
#include <stddef.h>

enum { TYPE = 1, PROTOCOL = 2, ROBUST = 4, PSHARED = 8 };

static const pthread_mutexattr_t *last;
static int already_set;

static bool is_ignored(const pthread_mutexattr_t *attributes, int attribute)
{
	if (attributes != last)
		already_set = 0;
	last = attributes;
	const bool is_again = (already_set & attribute) != 0;
	already_set |= attribute;
	return mutant_is_active() && is_again;
}

int pthread_mutexattr_init(pthread_mutexattr_t *attributes)
{
	last = NULL;
	return REAL(pthread_mutexattr_init)(attributes);
}

#define SETTER(name, attribute)                                         \
	int name(pthread_mutexattr_t *attributes, int value)            \
	{                                                               \
		pthread_mutexattr_t copy = *attributes;                 \
		const bool ignored = is_ignored(attributes, attribute); \
		return REAL(name)(ignored ? &copy : attributes, value); \
	}

SETTER(pthread_mutexattr_settype, TYPE)
SETTER(pthread_mutexattr_setprotocol, PROTOCOL)
SETTER(pthread_mutexattr_setrobust, ROBUST)
SETTER(pthread_mutexattr_setpshared, PSHARED)
