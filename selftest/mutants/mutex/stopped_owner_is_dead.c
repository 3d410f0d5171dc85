/*
 * An owner that is stopped counts as dead.
 */
#include "mutex_object.h"

#include <errno.h>
#include <signal.h>

int kill(pid_t process, int number)
{
	if (mutant_is_active() && number == SIGSTOP)
		mutant_shared()[0] = process;
	return REAL(kill)(process, number);
}

int pthread_mutex_trylock(pthread_mutex_t *mutex)
{
	const int error = REAL(pthread_mutex_trylock)(mutex);

	return mutant_is_active() && error == EBUSY && mutex_has(mutex, KIND_ROBUST) &&
			mutex->__data.__owner == mutant_shared()[0]
		? EOWNERDEAD
		: error;
}
