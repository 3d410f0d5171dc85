/*
 * write() of more than a pipe can hold returns when it is full.
 */
#include "mutant.h"

#include <fcntl.h>
#include <unistd.h>

ssize_t write(int fd, const void *data, size_t size)
{
	if (mutant_is_pipe(fd)) {
		const size_t most = (size_t)REAL(fcntl)(fd, F_GETPIPE_SZ);
		size = size < most ? size : most;
	}
	return REAL(write)(fd, data, size);
}
