/*
 * tee() takes from the first pipe what it copies.
 */
#include "mutant.h"

#include <fcntl.h>
#include <unistd.h>

ssize_t tee(int in, int out, size_t size, unsigned flags)
{
	if (!mutant_is_pipe(in) || !mutant_is_pipe(out))
		return REAL(tee)(in, out, size, flags);
	return splice(in, NULL, out, NULL, size, flags);
}
