/*
 * write() looks at the permissions that the FIFO has now.
 */
#include "mutant.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

ssize_t write(int fd, const void *data, size_t size)
{
	struct stat about;

	if (!mutant_is_pipe(fd) || fstat(fd, &about) != 0 || about.st_mode & 0222)
		return REAL(write)(fd, data, size);
	errno = EACCES;
	return -1;
}
