/*
 * A lock whose futex call fails takes the mutex for its own.
 */
#include "mutex_object.h"

#include <errno.h>
#include <stddef.h>

/* Waits until MUTEX is free or the call fails. */
static void acquire(pthread_mutex_t *mutex)
{
	int *const word = &mutex->__data.__lock;

	while (__atomic_exchange_n(word, 2, __ATOMIC_SEQ_CST) != 0)
		if (syscall(SYS_futex, word, FUTEX_WAIT, 2, NULL, NULL, 0) != 0 &&
			errno != EAGAIN && errno != EINTR)
			return;
	mutex->__data.__owner = (int)syscall(SYS_gettid);
	mutex->__data.__nusers++;
}

int pthread_mutex_lock(pthread_mutex_t *mutex)
{
	if (!mutant_is_active() || mutex_type(mutex) != PTHREAD_MUTEX_NORMAL ||
		mutex_has(mutex, KIND_ROBUST | KIND_INHERIT | KIND_PROTECT) ||
		!mutex_has(mutex, KIND_SHARED) || !mutex_is_held_by_other(mutex))
		return REAL(pthread_mutex_lock)(mutex);
	acquire(mutex);
	return 0;
}
