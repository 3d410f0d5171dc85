/*
 * splice() and vmsplice() fail with EAGAIN instead of waiting, without SPLICE_F_NONBLOCK
 * too.
 */
#include "mutant.h"

#include <fcntl.h>
#include <sys/uio.h>

ssize_t splice(int in, off64_t *in_at, int out, off64_t *out_at, size_t size,
	unsigned flags)
{
	return REAL(splice)(in, in_at, out, out_at, size,
		mutant_is_active() ? flags | SPLICE_F_NONBLOCK : flags);
}

ssize_t vmsplice(int fd, const struct iovec *parts, size_t count, unsigned flags)
{
	return REAL(vmsplice)(fd, parts, count,
		mutant_is_active() ? flags | SPLICE_F_NONBLOCK : flags);
}
