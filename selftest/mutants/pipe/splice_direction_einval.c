/*
 * splice() and vmsplice() refuse a wrong descriptor with EINVAL, not EBADF.
 */
#include "mutant.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/uio.h>

static ssize_t told(ssize_t result)
{
	if (result < 0 && errno == EBADF && mutant_is_active())
		errno = EINVAL;
	return result;
}

ssize_t splice(int in, off64_t *in_at, int out, off64_t *out_at, size_t size,
	unsigned flags)
{
	return told(REAL(splice)(in, in_at, out, out_at, size, flags));
}

ssize_t vmsplice(int fd, const struct iovec *parts, size_t count, unsigned flags)
{
	return told(REAL(vmsplice)(fd, parts, count, flags));
}
