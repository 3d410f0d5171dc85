/*
 * read() and write() are no cancellation points.
 */
#include "mutant.h"

#include <sys/syscall.h>
#include <unistd.h>

ssize_t read(int fd, void *data, size_t size)
{
	return mutant_is_pipe(fd) ? syscall(SYS_read, fd, data, size)
				  : REAL(read)(fd, data, size);
}

ssize_t write(int fd, const void *data, size_t size)
{
	return mutant_is_pipe(fd) ? syscall(SYS_write, fd, data, size)
				  : REAL(write)(fd, data, size);
}
