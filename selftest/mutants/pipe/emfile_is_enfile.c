/*
 * pipe() without enough free descriptors fails with ENFILE, not EMFILE.
 */
#include "mutant.h"

#include <errno.h>
#include <unistd.h>

static int told(int result)
{
	if (result < 0 && errno == EMFILE && mutant_is_active())
		errno = ENFILE;
	return result;
}

int pipe(int ends[2])
{
	return told(REAL(pipe)(ends));
}

int pipe2(int ends[2], int flags)
{
	return told(REAL(pipe2)(ends, flags));
}
