/*
 * pipe() and pipe2() that fail have written to their array.
 */
#include "mutant.h"

#include <errno.h>
#include <unistd.h>

static int written(int result, int ends[2])
{
	if (result < 0 && mutant_is_active())
		ends[0] = ends[1] = -1;
	return result;
}

int pipe(int ends[2])
{
	return written(REAL(pipe)(ends), ends);
}

int pipe2(int ends[2], int flags)
{
	return written(REAL(pipe2)(ends, flags), ends);
}
