/*
 * The kernel looks at the robust list of the first thread of a process only.
 */
#include "robust_list.h"

int pthread_mutex_lock(pthread_mutex_t *mutex)
{
	if (mutant_is_active() && syscall(SYS_gettid) != getpid())
		robust_list_set(NULL);
	return REAL(pthread_mutex_lock)(mutex);
}
