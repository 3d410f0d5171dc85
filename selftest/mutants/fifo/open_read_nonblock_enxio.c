/*
 * open(O_RDONLY | O_NONBLOCK) of a FIFO without a writer fails with ENXIO.
 */
#include "mutant.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

int open(const char *path, int flags, ...)
{
	const int mode = MUTANT_REST(flags, int);
	char byte;

	const int fd = REAL(open)(path, flags, mode);
	if (!mutant_is_pipe(fd) || (flags & O_ACCMODE) != O_RDONLY ||
		!(flags & O_NONBLOCK) || mutant_unread(fd) > 0 || read(fd, &byte, 1) != 0)
		return fd;
	(void)close(fd);
	errno = ENXIO;
	return -1;
}
