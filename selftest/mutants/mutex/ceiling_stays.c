/*
 * Who unlocks a mutex with a ceiling goes on at that priority.
 */
#include "mutex_object.h"

#include <sched.h>

int pthread_mutex_unlock(pthread_mutex_t *mutex)
{
	const bool is_raised = mutant_is_active() && mutex_has(mutex, KIND_PROTECT);
	struct sched_param raised;

	(void)sched_getparam(0, &raised);
	const int error = REAL(pthread_mutex_unlock)(mutex);
	if (is_raised && error == 0)
		(void)sched_setparam(0, &raised);
	return error;
}
