/*
 * splice() and tee() between what they cannot connect move nothing and succeed.
 */
#include "mutant.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

static ssize_t nothing(ssize_t result)
{
	return result < 0 && errno == EINVAL && mutant_is_active() ? 0 : result;
}

ssize_t splice(int in, off64_t *in_at, int out, off64_t *out_at, size_t size,
	unsigned flags)
{
	return nothing(REAL(splice)(in, in_at, out, out_at, size, flags));
}

ssize_t tee(int in, int out, size_t size, unsigned flags)
{
	return nothing(REAL(tee)(in, out, size, flags));
}
