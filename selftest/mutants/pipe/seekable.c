/*
 * A pipe has a position: lseek(), pread() and pwrite() take it.
 */
#include "mutant.h"

#include <sys/types.h>
#include <unistd.h>

off_t lseek(int fd, off_t offset, int whence)
{
	return mutant_is_pipe(fd) ? 0 : REAL(lseek)(fd, offset, whence);
}

ssize_t pread(int fd, void *data, size_t size, off_t offset)
{
	return mutant_is_pipe(fd) ? read(fd, data, size)
				  : REAL(pread)(fd, data, size, offset);
}

ssize_t pwrite(int fd, const void *data, size_t size, off_t offset)
{
	return mutant_is_pipe(fd) ? write(fd, data, size)
				  : REAL(pwrite)(fd, data, size, offset);
}
