/*
 * pipe2() with O_NONBLOCK sets FD_CLOEXEC too.
 */
#include "mutant.h"

#include <fcntl.h>
#include <unistd.h>

int pipe2(int ends[2], int flags)
{
	if (mutant_is_active() && flags & O_NONBLOCK)
		flags |= O_CLOEXEC;
	return REAL(pipe2)(ends, flags);
}
