/*
 * F_SETFL does not clear O_NONBLOCK of a read end.
 */
#include "mutant.h"

#include <fcntl.h>

int fcntl(int fd, int command, ...)
{
	void *given = MUTANT_REST(command, void *);

	if (command == F_SETFL && mutant_is_pipe(fd) &&
		(mutant_flags(fd) & (O_ACCMODE | O_NONBLOCK)) == (O_RDONLY | O_NONBLOCK))
		given = (void *)((long)given | O_NONBLOCK);
	return REAL(fcntl)(fd, command, given);
}
