/*
 * write() of zero bytes fails with EINVAL.
 */
#include "mutant.h"

#include <errno.h>
#include <unistd.h>

ssize_t write(int fd, const void *data, size_t size)
{
	if (size > 0 || !mutant_is_pipe(fd))
		return REAL(write)(fd, data, size);
	errno = EINVAL;
	return -1;
}
