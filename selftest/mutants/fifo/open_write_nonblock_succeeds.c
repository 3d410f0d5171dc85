/*
 * open(O_WRONLY | O_NONBLOCK) of a FIFO without a reader succeeds.
 */
#include "mutant.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>

int open(const char *path, int flags, ...)
{
	va_list rest;

	va_start(rest, flags);
	const int mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, int) : 0;
	va_end(rest);
	const int fd = REAL(open)(path, flags, mode);
	if (fd >= 0 || errno != ENXIO || !mutant_is_active())
		return fd;
	return REAL(open)(path, (flags & ~O_ACCMODE) | O_RDWR, mode);
}
