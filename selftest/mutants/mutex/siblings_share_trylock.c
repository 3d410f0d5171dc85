/*
 * Trylock takes the process for the owner: it gives 0 for a mutex that another thread of the
 * caller's process has.
 */
#include "mutex_object.h"

#include <errno.h>

int pthread_mutex_trylock(pthread_mutex_t *mutex)
{
	const int error = REAL(pthread_mutex_trylock)(mutex);

	return mutant_is_active() && error == EBUSY && mutex_is_held_by_other(mutex) &&
			syscall(SYS_tgkill, getpid(), mutex->__data.__owner, 0) == 0
		? 0
		: error;
}
