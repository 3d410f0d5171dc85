/*
 * F_SETFL takes O_ASYNC and no SIGIO comes.
 */
#include "mutant.h"

#include <fcntl.h>

int fcntl(int fd, int command, ...)
{
	void *given = MUTANT_REST(command, void *);

	if (command == F_SETFL && mutant_is_pipe(fd))
		given = (void *)((long)given & ~O_ASYNC);
	return REAL(fcntl)(fd, command, given);
}
