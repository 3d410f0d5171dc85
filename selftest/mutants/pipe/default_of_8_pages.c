/*
 * A new pipe has a capacity of 8 pages.
 */
#include "mutant.h"

#include <fcntl.h>
#include <unistd.h>

static int made(int result, const int ends[2])
{
	if (result == 0 && mutant_is_active())
		(void)fcntl(ends[1], F_SETPIPE_SZ, 8 * sysconf(_SC_PAGESIZE));
	return result;
}

int pipe(int ends[2])
{
	return made(REAL(pipe)(ends), ends);
}

int pipe2(int ends[2], int flags)
{
	return made(REAL(pipe2)(ends, flags), ends);
}
