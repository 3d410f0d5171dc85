/*
 * Breaks nothing: a process that has been started waits for a while.
 */
#include "mutant.h"
#include "pause.h"

#include <unistd.h>

pid_t fork(void)
{
	const pid_t child = REAL(fork)();

	if (child == 0)
		pause_a_while();
	return child;
}
