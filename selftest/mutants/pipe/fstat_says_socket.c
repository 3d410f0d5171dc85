/*
 * fstat() reports a pipe as a socket.
 */
#include "mutant.h"

#include <sys/stat.h>

int fstat(int fd, struct stat *about)
{
	const int result = REAL(fstat)(fd, about);

	if (result == 0 && mutant_is_pipe(fd))
		about->st_mode = (about->st_mode & ~(mode_t)S_IFMT) | S_IFSOCK;
	return result;
}
