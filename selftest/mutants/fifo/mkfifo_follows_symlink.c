/*
 * mkfifo() of a symbolic link to nothing makes the FIFO that the link names.
 */
#include "mutant.h"

#include <errno.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

int mkfifo(const char *path, mode_t mode)
{
	char target[PATH_MAX] = "";

	const int result = REAL(mkfifo)(path, mode);
	if (result == 0 || errno != EEXIST || !mutant_is_active())
		return result;
	if (readlink(path, target, sizeof(target) - 1) < 0) {
		errno = EEXIST;
		return -1;
	}
	return REAL(mkfifo)(target, mode);
}
