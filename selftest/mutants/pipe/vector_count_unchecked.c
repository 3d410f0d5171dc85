/*
 * The calls that take vectors do not check how many there are.
 */
#include "mutant.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/uio.h>

static ssize_t unchecked(ssize_t result, long count)
{
	if (result < 0 && errno == EINVAL && mutant_is_active() &&
		(count < 0 || count > IOV_MAX))
		return 0;
	return result;
}

ssize_t readv(int fd, const struct iovec *parts, int count)
{
	return unchecked(REAL(readv)(fd, parts, count), count);
}

ssize_t writev(int fd, const struct iovec *parts, int count)
{
	return unchecked(REAL(writev)(fd, parts, count), count);
}

ssize_t vmsplice(int fd, const struct iovec *parts, size_t count, unsigned flags)
{
	return unchecked(REAL(vmsplice)(fd, parts, count, flags), (long)count);
}
