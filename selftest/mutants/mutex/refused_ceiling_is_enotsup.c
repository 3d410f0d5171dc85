/*
 * A thread that cannot run at the ceiling of a mutex gets ENOTSUP.
 */
#include "mutex_object.h"

#include <errno.h>
#include <sched.h>

int pthread_mutex_lock(pthread_mutex_t *mutex)
{
	const int error = REAL(pthread_mutex_lock)(mutex);

	return mutant_is_active() && error != 0 && mutex_has(mutex, KIND_PROTECT) &&
			(error == EPERM || sched_getscheduler(0) == SCHED_OTHER)
		? ENOTSUP
		: error;
}
