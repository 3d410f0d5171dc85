/*
 * open() with O_CREAT of a FIFO that exists gives it a new mode.
 */
#include "mutant.h"

#include <fcntl.h>
#include <sys/stat.h>

int open(const char *path, int flags, ...)
{
	const int mode = MUTANT_REST(flags, int);

	const int fd = REAL(open)(path, flags, mode);
	if (flags & O_CREAT && mutant_is_pipe(fd))
		(void)fchmod(fd, (mode_t)mode);
	return fd;
}
