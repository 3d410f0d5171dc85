/*
 * A read() that fails with EFAULT has taken the bytes.
 */
#include "mutant.h"

#include <errno.h>
#include <limits.h>
#include <unistd.h>

ssize_t read(int fd, void *data, size_t size)
{
	static char lost[PIPE_BUF];
	const ssize_t result = REAL(read)(fd, data, size);

	if (result < 0 && errno == EFAULT && mutant_is_pipe(fd)) {
		(void)REAL(read)(fd, lost, size < sizeof(lost) ? size : sizeof(lost));
		errno = EFAULT;
	}
	return result;
}
