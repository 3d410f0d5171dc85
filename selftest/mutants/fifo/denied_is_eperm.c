/*
 * What permissions forbid fails with EPERM, not EACCES.
 */
#include "mutant.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

static int told(int result)
{
	if (result < 0 && errno == EACCES && mutant_is_active())
		errno = EPERM;
	return result;
}

int open(const char *path, int flags, ...)
{
	return told(REAL(open)(path, flags, MUTANT_REST(flags, int)));
}

int mkfifo(const char *path, mode_t mode)
{
	return told(REAL(mkfifo)(path, mode));
}

int mkfifoat(int fd, const char *path, mode_t mode)
{
	return told(REAL(mkfifoat)(fd, path, mode));
}
