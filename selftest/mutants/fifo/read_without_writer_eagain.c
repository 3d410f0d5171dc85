/*
 * With O_NONBLOCK read() of a FIFO without a writer fails with EAGAIN.
 */
#include "mutant.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

ssize_t read(int fd, void *data, size_t size)
{
	const ssize_t got = REAL(read)(fd, data, size);

	if (got != 0 || size == 0 || !mutant_is_pipe(fd) ||
		!(mutant_flags(fd) & O_NONBLOCK))
		return got;
	errno = EAGAIN;
	return -1;
}
