/*
 * mkfifo() refuses mode bits other than permission bits with EPERM.
 */
#include "mutant.h"

#include <errno.h>
#include <sys/stat.h>

int mkfifo(const char *path, mode_t mode)
{
	if (!mutant_is_active() || (mode & 07000) == 0)
		return REAL(mkfifo)(path, mode);
	errno = EPERM;
	return -1;
}
