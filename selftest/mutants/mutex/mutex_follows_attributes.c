/*
 * A mutex takes over each new type of the attributes that it was initialised with.
 */
#include "mutex_object.h"

#include <stddef.h>

static const pthread_mutexattr_t *followed;
static pthread_mutex_t *follower;

int pthread_mutexattr_init(pthread_mutexattr_t *attributes)
{
	followed = NULL;
	return REAL(pthread_mutexattr_init)(attributes);
}

int pthread_mutex_init(pthread_mutex_t *mutex, const pthread_mutexattr_t *attributes)
{
	followed = attributes;
	follower = mutex;
	return REAL(pthread_mutex_init)(mutex, attributes);
}

int pthread_mutexattr_settype(pthread_mutexattr_t *attributes, int type)
{
	const int error = REAL(pthread_mutexattr_settype)(attributes, type);

	if (mutant_is_active() && error == 0 && attributes == followed)
		follower->__data.__kind = (follower->__data.__kind & ~3) | type;
	return error;
}
