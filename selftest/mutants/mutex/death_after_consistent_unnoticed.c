/*
 * The kernel does not notice the death of who has made a mutex consistent and not unlocked it.
 */
#include "robust_list.h"

static _Thread_local struct robust_list_head *own;

int pthread_mutex_consistent(pthread_mutex_t *mutex)
{
	const int error = REAL(pthread_mutex_consistent)(mutex);

	if (mutant_is_active() && error == 0) {
		own = robust_list();
		robust_list_set(NULL);
	}
	return error;
}

int pthread_mutex_unlock(pthread_mutex_t *mutex)
{
	if (mutant_is_active() && own) {
		robust_list_set(own);
		own = NULL;
	}
	return REAL(pthread_mutex_unlock)(mutex);
}
