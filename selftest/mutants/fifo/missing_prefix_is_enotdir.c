/*
 * mkfifo() below a directory that does not exist fails with ENOTDIR.
 */
#include "mutant.h"

#include <errno.h>
#include <sys/stat.h>

static int told(int result)
{
	if (result < 0 && (errno == ENOENT) && mutant_is_active())
		errno = ENOTDIR;
	return result;
}

int mkfifo(const char *path, mode_t mode)
{
	return told(REAL(mkfifo)(path, mode));
}

int mkfifoat(int fd, const char *path, mode_t mode)
{
	return told(REAL(mkfifoat)(fd, path, mode));
}
