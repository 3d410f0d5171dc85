/*
 * The kernel does not look at the robust list of a process in another pid namespace.
 */
#include "robust_list.h"

int pthread_mutex_lock(pthread_mutex_t *mutex)
{
	/* There the parent has no number. */
	if (mutant_is_active() && getppid() == 0)
		robust_list_set(NULL);
	return REAL(pthread_mutex_lock)(mutex);
}
