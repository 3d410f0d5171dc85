/*
 * A pipe belongs to the real user and group of its maker.
 */
#include "mutant.h"

#include <sys/stat.h>
#include <unistd.h>

int fstat(int fd, struct stat *about)
{
	const int result = REAL(fstat)(fd, about);

	if (result == 0 && mutant_is_pipe(fd)) {
		about->st_uid = getuid();
		about->st_gid = getgid();
	}
	return result;
}
