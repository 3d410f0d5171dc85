/*
 * open(O_WRONLY) is no cancellation point.
 */
#include "mutant.h"

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

int open(const char *path, int flags, ...)
{
	const int mode = MUTANT_REST(flags, int);

	if (!mutant_is_active() || (flags & O_ACCMODE) != O_WRONLY)
		return REAL(open)(path, flags, mode);
	return (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}
