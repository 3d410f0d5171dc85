/*
 * The owner of a mutex with a ceiling goes on at its own priority.
 */
#include "mutex_object.h"

#include <sched.h>

int pthread_mutex_lock(pthread_mutex_t *mutex)
{
	struct sched_param own;

	(void)sched_getparam(0, &own);
	const int error = REAL(pthread_mutex_lock)(mutex);
	if (mutant_is_active() && error == 0 && mutex_has(mutex, KIND_PROTECT))
		(void)sched_setparam(0, &own);
	return error;
}
