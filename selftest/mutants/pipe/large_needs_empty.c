/*
 * With O_NONBLOCK write() of more than PIPE_BUF bytes that do not all fit fails with EAGAIN
 * unless the pipe is empty.
 */
#include "mutant.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <unistd.h>

ssize_t write(int fd, const void *data, size_t size)
{
	if (!mutant_is_pipe(fd) || size <= PIPE_BUF || !(mutant_flags(fd) & O_NONBLOCK) ||
		mutant_unread(fd) == 0 ||
		mutant_unread(fd) + (long)size <= fcntl(fd, F_GETPIPE_SZ))
		return REAL(write)(fd, data, size);
	errno = EAGAIN;
	return -1;
}
