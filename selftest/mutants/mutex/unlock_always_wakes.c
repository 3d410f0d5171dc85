/*
 * Unlock calls the kernel to wake somebody, also where nobody waits.
 */
#include "mutex_object.h"

#include <stddef.h>

int pthread_mutex_unlock(pthread_mutex_t *mutex)
{
	const int error = REAL(pthread_mutex_unlock)(mutex);

	if (mutant_is_active() && error == 0)
		(void)syscall(SYS_futex, &mutex->__data.__lock, FUTEX_WAKE, 1, NULL, NULL,
			0);
	return error;
}
