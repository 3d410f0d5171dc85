/*
 * write() of up to PIPE_BUF bytes is not atomic: it puts them into the pipe in two parts.
 */
#include "mutant.h"

#include <limits.h>
#include <unistd.h>

ssize_t write(int fd, const void *data, size_t size)
{
	if (!mutant_is_pipe(fd) || size < 2 || size > PIPE_BUF)
		return REAL(write)(fd, data, size);
	const ssize_t first = REAL(write)(fd, data, size / 2);
	if (first < 0)
		return first;
	(void)usleep(50);
	const ssize_t second =
		REAL(write)(fd, (const char *)data + first, size - (size_t)first);
	return second < 0 ? first : first + second;
}
