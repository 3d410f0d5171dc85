/*
 * F_SETPIPE_SZ is not refused above pipe-max-size and pipe-user-pages-soft.
 */
#include "mutant.h"

#include <errno.h>
#include <fcntl.h>

int fcntl(int fd, int command, ...)
{
	void *const given = MUTANT_REST(command, void *);

	const int result = REAL(fcntl)(fd, command, given);
	return result < 0 && errno == EPERM && command == F_SETPIPE_SZ &&
			mutant_is_pipe(fd)
		? (int)(long)given
		: result;
}
