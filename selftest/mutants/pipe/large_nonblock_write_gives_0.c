/*
 * With O_NONBLOCK write() of more than PIPE_BUF bytes to a full pipe returns 0.
 */
#include "mutant.h"

#include <errno.h>
#include <limits.h>
#include <unistd.h>

ssize_t write(int fd, const void *data, size_t size)
{
	const ssize_t wrote = REAL(write)(fd, data, size);

	return wrote < 0 && errno == EAGAIN && size > PIPE_BUF && mutant_is_pipe(fd)
		? 0
		: wrote;
}
