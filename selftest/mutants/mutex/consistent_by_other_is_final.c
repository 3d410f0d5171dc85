/*
 * pthread_mutex_consistent() by another than who was told of the death gives ENOTRECOVERABLE.
 */
#include "mutex_object.h"

#include <errno.h>

int pthread_mutex_consistent(pthread_mutex_t *mutex)
{
	const int word = mutex->__data.__lock;

	return mutant_is_active() && mutex_is_held(mutex) &&
			mutex_has(mutex, KIND_ROBUST) &&
			(word & FUTEX_TID_MASK) != syscall(SYS_gettid)
		? ENOTRECOVERABLE
		: REAL(pthread_mutex_consistent)(mutex);
}
