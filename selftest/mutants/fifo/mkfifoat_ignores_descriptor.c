/*
 * mkfifoat() takes every path from the working directory.
 */
#include "mutant.h"

#include <fcntl.h>
#include <sys/stat.h>

int mkfifoat(int fd, const char *path, mode_t mode)
{
	struct stat about;
	const bool is_removed = fstat(fd, &about) == 0 && about.st_nlink == 0;

	return REAL(mkfifoat)(mutant_is_active() && !is_removed ? AT_FDCWD : fd, path,
		mode);
}
