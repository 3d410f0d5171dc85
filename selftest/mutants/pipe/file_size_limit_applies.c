/*
 * RLIMIT_FSIZE stops a write() to a pipe.
 */
#include "mutant.h"

#include <errno.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

ssize_t write(int fd, const void *data, size_t size)
{
	struct rlimit limit;

	if (!mutant_is_pipe(fd) || getrlimit(RLIMIT_FSIZE, &limit) != 0 ||
		limit.rlim_cur > 0)
		return REAL(write)(fd, data, size);
	(void)raise(SIGXFSZ);
	errno = EFBIG;
	return -1;
}
