/*
 * mkfifoat() refuses a bad descriptor with an absolute path too.
 */
#include "mutant.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

int mkfifoat(int fd, const char *path, mode_t mode)
{
	if (!mutant_is_active() || fd == AT_FDCWD || mutant_flags(fd) != -1)
		return REAL(mkfifoat)(fd, path, mode);
	errno = EBADF;
	return -1;
}
