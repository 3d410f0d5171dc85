/*
 * F_SETPIPE_SZ of a full pipe succeeds without effect.
 */
#include "mutant.h"

#include <fcntl.h>

int fcntl(int fd, int command, ...)
{
	void *const given = MUTANT_REST(command, void *);

	if (command == F_SETPIPE_SZ && mutant_is_pipe(fd) &&
		mutant_unread(fd) == REAL(fcntl)(fd, F_GETPIPE_SZ))
		return (int)(long)given;
	return REAL(fcntl)(fd, command, given);
}
