/*
 * write() to a full pipe fails with EAGAIN, without O_NONBLOCK too.
 */
#include "mutant.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

ssize_t write(int fd, const void *data, size_t size)
{
	struct pollfd about = {.fd = fd, .events = POLLOUT};

	if (size > 0 && mutant_is_pipe(fd) &&
		(mutant_flags(fd) & O_ACCMODE) != O_RDONLY && poll(&about, 1, 0) == 0) {
		errno = EAGAIN;
		return -1;
	}
	return REAL(write)(fd, data, size);
}
