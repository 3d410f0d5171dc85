/*
 * write() to a FIFO whose name was removed fails with EIO.
 */
#include "mutant.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

ssize_t write(int fd, const void *data, size_t size)
{
	struct stat about;

	if (!mutant_is_pipe(fd) || fstat(fd, &about) != 0 || about.st_nlink > 0)
		return REAL(write)(fd, data, size);
	errno = EIO;
	return -1;
}
