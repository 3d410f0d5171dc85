/*
 * mkfifo() on a full or read-only file system fails with EIO.
 */
#include "mutant.h"

#include <errno.h>
#include <sys/stat.h>

static int told(int result)
{
	if (result < 0 && (errno == ENOSPC || errno == EROFS) && mutant_is_active())
		errno = EIO;
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
