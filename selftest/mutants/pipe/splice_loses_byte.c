/*
 * splice() from one pipe to another loses the byte behind the last that it moves.
 */
#include "mutant.h"

#include <fcntl.h>
#include <unistd.h>

ssize_t splice(int in, off64_t *in_at, int out, off64_t *out_at, size_t size,
	unsigned flags)
{
	const ssize_t moved = REAL(splice)(in, in_at, out, out_at, size, flags);
	char lost;

	if (moved > 0 && mutant_is_pipe(in) && mutant_is_pipe(out) &&
		mutant_unread(in) > 0)
		(void)read(in, &lost, 1);
	return moved;
}
