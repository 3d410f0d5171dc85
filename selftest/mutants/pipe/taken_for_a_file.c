/*
 * A pipe can be synchronized, truncated and mapped, as a file.
 */
#include "mutant.h"

#include <sys/mman.h>
#include <unistd.h>

int fsync(int fd)
{
	return mutant_is_pipe(fd) ? 0 : REAL(fsync)(fd);
}

int fdatasync(int fd)
{
	return mutant_is_pipe(fd) ? 0 : REAL(fdatasync)(fd);
}

int ftruncate(int fd, off_t length)
{
	return mutant_is_pipe(fd) ? 0 : REAL(ftruncate)(fd, length);
}

void *mmap(void *at, size_t size, int protection, int flags, int fd, off_t offset)
{
	if (mutant_is_pipe(fd))
		return REAL(mmap)(at, size, protection, MAP_PRIVATE | MAP_ANONYMOUS, -1,
			0);
	return REAL(mmap)(at, size, protection, flags, fd, offset);
}
