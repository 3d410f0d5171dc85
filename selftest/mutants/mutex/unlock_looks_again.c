/*
 * Unlock looks at the mutex once more after it has let it go.  In the first thread of a process
 * only, and late: in time for the next owner to have unmapped it.
 */
#include "mutex_object.h"

#include <sched.h>

enum { LATE = 50 };

int pthread_mutex_unlock(pthread_mutex_t *mutex)
{
	const bool is_last = mutex_type(mutex) != PTHREAD_MUTEX_RECURSIVE ||
		mutex->__data.__count <= 1;
	const int error = REAL(pthread_mutex_unlock)(mutex);

	if (!mutant_is_active() || !is_last || syscall(SYS_gettid) != getpid())
		return error;
	for (int i = 0; i < LATE; i++)
		(void)sched_yield();
	(void)*(volatile int *)&mutex->__data.__lock;
	return error;
}
