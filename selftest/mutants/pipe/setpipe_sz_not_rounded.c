/*
 * F_SETPIPE_SZ returns what was asked for, not what was set.
 */
#include "mutant.h"

#include <fcntl.h>

int fcntl(int fd, int command, ...)
{
	void *const given = MUTANT_REST(command, void *);

	const int result = REAL(fcntl)(fd, command, given);
	return result > 0 && command == F_SETPIPE_SZ && mutant_is_pipe(fd)
		? (int)(long)given
		: result;
}
