/*
 * F_SETSIG succeeds, and SIGIO comes all the same.
 */
#include "mutant.h"

#include <fcntl.h>

int fcntl(int fd, int command, ...)
{
	void *given = MUTANT_REST(command, void *);

	if (command == F_SETSIG && mutant_is_pipe(fd))
		return 0;
	return REAL(fcntl)(fd, command, given);
}
