/*
 * With O_NONBLOCK write() of up to PIPE_BUF bytes writes those that fit.
 */
#include "mutant.h"

#include <errno.h>
#include <limits.h>
#include <unistd.h>

ssize_t write(int fd, const void *data, size_t size)
{
	ssize_t wrote = REAL(write)(fd, data, size);

	if (wrote >= 0 || errno != EAGAIN || size > PIPE_BUF || !mutant_is_pipe(fd))
		return wrote;
	for (size_t fewer = size - 1; wrote < 0 && fewer > 0; fewer /= 2)
		wrote = REAL(write)(fd, data, fewer);
	return wrote;
}
