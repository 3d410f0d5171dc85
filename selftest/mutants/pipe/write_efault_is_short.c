/*
 * write() from a buffer that ends writes what there is of it.
 */
#include "mutant.h"

#include <errno.h>
#include <stdint.h>
#include <unistd.h>

ssize_t write(int fd, const void *data, size_t size)
{
	const ssize_t result = REAL(write)(fd, data, size);

	if (result >= 0 || errno != EFAULT || !mutant_is_pipe(fd))
		return result;
	const uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
	const ssize_t first = REAL(write)(fd, data, page - (uintptr_t)data % page);
	return first < 0 ? 0 : first;
}
