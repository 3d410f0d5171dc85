/*
 * The sysctls of queues take what is out of their range and say nothing.
 */
#include "sysctl_of_queues.h"

#include <errno.h>

ssize_t write(int fd, const void *data, size_t size)
{
	const ssize_t written = REAL(write)(fd, data, size);
	const int error = errno;

	if (mutant_is_active() && written == -1 && sysctl_open_as(fd))
		return (ssize_t)size;
	errno = error;
	return written;
}
