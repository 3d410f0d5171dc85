/*
 * pipe() sets FD_CLOEXEC on both descriptors.
 */
#include "mutant.h"

#include <fcntl.h>
#include <unistd.h>

int pipe(int ends[2])
{
	return mutant_is_active() ? pipe2(ends, O_CLOEXEC) : REAL(pipe)(ends);
}
