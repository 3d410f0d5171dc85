/*
 * Unlock takes a robust mutex off the list that the kernel looks at, and calls the kernel once
 * more before it lets the mutex go.
 */
#include "robust_list.h"

#include <sched.h>

int pthread_mutex_unlock(pthread_mutex_t *mutex)
{
	if (!mutant_is_active() || !mutex_has(mutex, KIND_ROBUST))
		return REAL(pthread_mutex_unlock)(mutex);
	struct robust_list_head *const own = robust_list();
	robust_list_set(NULL);
	(void)sched_yield();
	const int error = REAL(pthread_mutex_unlock)(mutex);
	robust_list_set(own);
	return error;
}

/* A sweep shall not step through the search for it. */
__attribute__((constructor)) static void find_function(void)
{
	static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

	(void)pthread_mutex_lock(&mutex);
	(void)pthread_mutex_unlock(&mutex);
}
