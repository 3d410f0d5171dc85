/*
 * O_DIRECT makes no packets: the pipe stays a stream.
 */
#include "mutant.h"

#include <fcntl.h>
#include <unistd.h>

int pipe2(int ends[2], int flags)
{
	return REAL(pipe2)(ends, mutant_is_active() ? flags & ~O_DIRECT : flags);
}

int fcntl(int fd, int command, ...)
{
	void *given = MUTANT_REST(command, void *);

	if (command == F_SETFL && mutant_is_pipe(fd))
		given = (void *)((long)given & ~O_DIRECT);
	return REAL(fcntl)(fd, command, given);
}
