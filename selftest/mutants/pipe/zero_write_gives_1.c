/*
 * write() of zero bytes returns 1.
 */
#include "mutant.h"

#include <unistd.h>

ssize_t write(int fd, const void *data, size_t size)
{
	return size == 0 && mutant_is_pipe(fd) ? 1 : REAL(write)(fd, data, size);
}
