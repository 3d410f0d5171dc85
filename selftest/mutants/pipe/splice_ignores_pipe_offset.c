/*
 * splice() ignores an offset that is given for a pipe.
 */
#include "mutant.h"

#include <fcntl.h>
#include <unistd.h>

ssize_t splice(int in, off64_t *in_at, int out, off64_t *out_at, size_t size,
	unsigned flags)
{
	return REAL(splice)(in, mutant_is_pipe(in) ? NULL : in_at, out,
		mutant_is_pipe(out) ? NULL : out_at, size, flags);
}
