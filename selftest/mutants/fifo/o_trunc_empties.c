/*
 * open() of a FIFO with O_TRUNC throws away the bytes in it.
 */
#include "mutant.h"

#include <fcntl.h>
#include <unistd.h>

int open(const char *path, int flags, ...)
{
	char lost[4096];
	const int mode = MUTANT_REST(flags, int);

	const int fd = REAL(open)(path, flags, mode);
	if (flags & O_TRUNC && mutant_is_pipe(fd)) {
		const int emptied = REAL(open)(path, O_RDONLY | O_NONBLOCK);
		while (read(emptied, lost, sizeof(lost)) > 0)
			continue;
		(void)close(emptied);
	}
	return fd;
}
