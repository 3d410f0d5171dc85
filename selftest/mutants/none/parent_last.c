/*
 * Breaks nothing: who starts a process or a thread goes on only when that has run for a while.
 */
#include "mutant.h"
#include "pause.h"

#include <pthread.h>
#include <unistd.h>

pid_t fork(void)
{
	const pid_t child = REAL(fork)();

	if (child > 0)
		pause_a_while();
	return child;
}

int pthread_create(pthread_t *restrict thread, const pthread_attr_t *restrict attributes,
	void *(*run)(void *), void *restrict arg)
{
	const int error = REAL(pthread_create)(thread, attributes, run, arg);

	pause_a_while();
	return error;
}
