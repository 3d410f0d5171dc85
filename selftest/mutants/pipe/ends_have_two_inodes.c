/*
 * fstat() shows an inode number of its own for each end.
 */
#include "mutant.h"

#include <fcntl.h>
#include <sys/stat.h>

int fstat(int fd, struct stat *about)
{
	const int result = REAL(fstat)(fd, about);

	if (result == 0 && mutant_is_pipe(fd))
		about->st_ino += (mutant_flags(fd) & O_ACCMODE) == O_WRONLY;
	return result;
}
