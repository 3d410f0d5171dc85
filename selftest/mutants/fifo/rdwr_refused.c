/*
 * open(O_RDWR) of a FIFO fails with EPERM.
 */
#include "mutant.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

int open(const char *path, int flags, ...)
{
	const int mode = MUTANT_REST(flags, int);
	struct stat about;

	if (!mutant_is_active() || (flags & O_ACCMODE) != O_RDWR ||
		stat(path, &about) != 0 || !S_ISFIFO(about.st_mode))
		return REAL(open)(path, flags, mode);
	errno = EPERM;
	return -1;
}
