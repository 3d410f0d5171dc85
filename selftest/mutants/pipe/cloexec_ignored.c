/*
 * pipe2() takes O_CLOEXEC and does not set it.
 */
#include "mutant.h"

#include <fcntl.h>
#include <unistd.h>

int pipe2(int ends[2], int flags)
{
	return REAL(pipe2)(ends, mutant_is_active() ? flags & ~O_CLOEXEC : flags);
}
