/*
 * A write() that met an error after some bytes gives the error.
 */
#include "mutant.h"

#include <limits.h>
#include <unistd.h>

ssize_t write(int fd, const void *data, size_t size)
{
	const char *const bytes = data;

	if (!mutant_is_pipe(fd) || size <= PIPE_BUF)
		return REAL(write)(fd, data, size);
	for (size_t done = 0; done < size;) {
		const size_t left = size - done;
		const ssize_t now =
			REAL(write)(fd, bytes + done, left < PIPE_BUF ? left : PIPE_BUF);
		if (now < 0)
			return now;
		done += (size_t)now;
	}
	return (ssize_t)size;
}
