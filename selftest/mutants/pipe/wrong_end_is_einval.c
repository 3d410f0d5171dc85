/*
 * read() and write() through an end that cannot, or is closed, fail with EINVAL.
 */
#include "mutant.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

/* Not what no descriptor of a FIFO can: O_PATH. */
static ssize_t told(int fd, ssize_t result)
{
	const int error = errno;
	const int flags = mutant_flags(fd);

	errno = error;
	if (result < 0 && error == EBADF && mutant_is_active() &&
		(flags < 0 || !(flags & O_PATH)))
		errno = EINVAL;
	return result;
}

ssize_t read(int fd, void *data, size_t size)
{
	return told(fd, REAL(read)(fd, data, size));
}

ssize_t write(int fd, const void *data, size_t size)
{
	return told(fd, REAL(write)(fd, data, size));
}
