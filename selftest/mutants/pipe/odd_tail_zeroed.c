/*
 * The last byte of a write() of 4n + 1 bytes arrives as 0.
 */
#include "mutant.h"

#include <limits.h>
#include <string.h>
#include <unistd.h>

ssize_t write(int fd, const void *data, size_t size)
{
	char copy[PIPE_BUF];

	if (size < 5 || size > PIPE_BUF || size % 4 != 1 || !mutant_is_pipe(fd))
		return REAL(write)(fd, data, size);
	memcpy(copy, data, size);
	copy[size - 1] = 0;
	return REAL(write)(fd, copy, size);
}
