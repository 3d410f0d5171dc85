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

	if (!mutant_is_active() || error != EBUSY || !mutex_has(mutex, KIND_ROBUST))
		return error;
	/* Who has just taken the word is not the owner yet: that is 0. */
	const long stopped = mutant_shared()[0];
	return stopped && mutex->__data.__owner == stopped ? EOWNERDEAD : EBUSY;
}
