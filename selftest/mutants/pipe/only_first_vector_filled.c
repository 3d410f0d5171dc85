/*
 * readv() and vmsplice() use only the first of their vectors.
 */
#include "mutant.h"

#include <fcntl.h>
#include <limits.h>
#include <sys/uio.h>

static bool is_cut(int fd, long count)
{
	return count > 1 && count <= IOV_MAX && mutant_is_pipe(fd);
}

ssize_t readv(int fd, const struct iovec *parts, int count)
{
	return REAL(readv)(fd, parts, is_cut(fd, count) ? 1 : count);
}

ssize_t vmsplice(int fd, const struct iovec *parts, size_t count, unsigned flags)
{
	return REAL(vmsplice)(fd, parts, is_cut(fd, (long)count) ? 1 : count, flags);
}
