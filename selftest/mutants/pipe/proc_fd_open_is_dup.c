/*
 * open() of /proc/self/fd/N is dup(N), whatever direction is asked for.
 */
#include "mutant.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

int open(const char *path, int flags, ...)
{
	const int mode = MUTANT_REST(flags, int);
	int fd = -1;

	if (mutant_is_active() && sscanf(path, "/proc/self/fd/%d", &fd) == 1 &&
		mutant_is_pipe(fd))
		return dup(fd);
	return REAL(open)(path, flags, mode);
}
