/*
 * A user above pipe-user-pages-soft cannot shrink a pipe, as before Linux 4.9.
 */
#include "mutant.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

enum { USUAL_CAPACITY = 65536 };

/* A new pipe is smaller then. */
static bool is_over_limit(void)
{
	int ends[2];

	if (REAL(pipe)(ends) != 0)
		return false;
	const int capacity = REAL(fcntl)(ends[0], F_GETPIPE_SZ);
	(void)close(ends[0]);
	(void)close(ends[1]);
	return capacity < USUAL_CAPACITY;
}

int fcntl(int fd, int command, ...)
{
	void *const given = MUTANT_REST(command, void *);

	if (command == F_SETPIPE_SZ && mutant_is_pipe(fd) &&
		(long)given < REAL(fcntl)(fd, F_GETPIPE_SZ) && is_over_limit()) {
		errno = EPERM;
		return -1;
	}
	return REAL(fcntl)(fd, command, given);
}
