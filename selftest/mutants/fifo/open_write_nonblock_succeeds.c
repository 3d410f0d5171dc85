/*
 * open(O_WRONLY | O_NONBLOCK) of a FIFO without a reader succeeds.
 */
#include "mutant.h"

#include <errno.h>
#include <fcntl.h>

int open(const char *path, int flags, ...)
{
	const int mode = MUTANT_REST(flags, int);

	const int fd = REAL(open)(path, flags, mode);
	if (fd >= 0 || errno != ENXIO || !mutant_is_active())
		return fd;
	return REAL(open)(path, (flags & ~O_ACCMODE) | O_RDWR, mode);
}
