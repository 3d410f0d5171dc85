/*
 * mkfifo() below what is no directory, or a loop, fails with ENOENT.
 */
#include "mutant.h"

#include <errno.h>
#include <sys/stat.h>

static int told(int result)
{
	if (result < 0 && (errno == ENOTDIR || errno == ELOOP) && mutant_is_active())
		errno = ENOENT;
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
