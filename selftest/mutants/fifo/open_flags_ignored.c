/*
 * open() of a FIFO ignores O_DIRECTORY, O_NOFOLLOW and O_EXCL.
 */
#include "mutant.h"

#include <fcntl.h>
#include <sys/stat.h>

int open(const char *path, int flags, ...)
{
	const int mode = MUTANT_REST(flags, int),
		  ignored = O_DIRECTORY | O_NOFOLLOW | O_EXCL;
	struct stat about;

	/* With O_NONBLOCK it does not wait, so that the wrong result is seen at once. */
	if (mutant_is_active() && flags & ignored && stat(path, &about) == 0 &&
		S_ISFIFO(about.st_mode))
		flags = (flags & ~ignored) | O_NONBLOCK;
	return REAL(open)(path, flags, mode);
}
