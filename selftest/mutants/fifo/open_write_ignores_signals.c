/*
 * open(O_WRONLY) of a FIFO that waits goes on after every handler, with SA_RESTART or not.
 */
#include "mutant.h"

#include <errno.h>
#include <fcntl.h>

int open(const char *path, int flags, ...)
{
	const int mode = MUTANT_REST(flags, int);
	int fd = REAL(open)(path, flags, mode);

	while (fd < 0 && errno == EINTR && mutant_is_active() &&
		(flags & O_ACCMODE) == O_WRONLY)
		fd = REAL(open)(path, flags, mode);
	return fd;
}
