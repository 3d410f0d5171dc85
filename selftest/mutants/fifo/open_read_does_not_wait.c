/*
 * open(O_RDONLY) of a FIFO returns at once although no writer has it open.
 */
#include "mutant.h"

#include <fcntl.h>

int open(const char *path, int flags, ...)
{
	const int mode = MUTANT_REST(flags, int);

	if (!mutant_is_active() || (flags & O_ACCMODE) != O_RDONLY ||
		flags & (O_NONBLOCK | O_PATH | O_DIRECTORY))
		return REAL(open)(path, flags, mode);
	const int fd = REAL(open)(path, flags | O_NONBLOCK, mode);
	if (mutant_is_pipe(fd))
		(void)fcntl(fd, F_SETFL, flags);
	return fd;
}
