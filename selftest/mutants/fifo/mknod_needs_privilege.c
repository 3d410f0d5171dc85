/*
 * mknod() and mknodat() with S_IFIFO fail with EPERM.
 */
#include "mutant.h"

#include <errno.h>
#include <sys/stat.h>

static bool is_refused(mode_t mode)
{
	if (!mutant_is_active() || !S_ISFIFO(mode))
		return false;
	errno = EPERM;
	return true;
}

int mknod(const char *path, mode_t mode, dev_t device)
{
	return is_refused(mode) ? -1 : REAL(mknod)(path, mode, device);
}

int mknodat(int fd, const char *path, mode_t mode, dev_t device)
{
	return is_refused(mode) ? -1 : REAL(mknodat)(fd, path, mode, device);
}
