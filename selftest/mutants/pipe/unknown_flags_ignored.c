/*
 * pipe2() ignores the flags that it does not know.
 */
#include "mutant.h"

#include <fcntl.h>
#include <unistd.h>

int pipe2(int ends[2], int flags)
{
	const int known = O_CLOEXEC | O_NONBLOCK | O_DIRECT | O_EXCL;

	return REAL(pipe2)(ends, mutant_is_active() ? flags & known : flags);
}
