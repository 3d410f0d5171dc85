/*
 * The capacity of what is no pipe is refused with EINVAL, not EBADF.
 */
#include "mutant.h"

#include <errno.h>
#include <fcntl.h>

int fcntl(int fd, int command, ...)
{
	void *const given = MUTANT_REST(command, void *);

	const int result = REAL(fcntl)(fd, command, given);
	if (result < 0 && errno == EBADF && mutant_is_active() &&
		(command == F_SETPIPE_SZ || command == F_GETPIPE_SZ))
		errno = EINVAL;
	return result;
}
