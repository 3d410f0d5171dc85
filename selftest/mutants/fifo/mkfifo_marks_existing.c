/*
 * mkfifo() of a name that exists marks the times of that file for update.
 */
#include "mutant.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

int mkfifo(const char *path, mode_t mode)
{
	const struct timespec now[2] = {{.tv_nsec = UTIME_NOW}, {.tv_nsec = UTIME_NOW}};
	const int result = REAL(mkfifo)(path, mode);

	if (result != 0 && errno == EEXIST && mutant_is_active()) {
		(void)utimensat(AT_FDCWD, path, now, AT_SYMLINK_NOFOLLOW);
		errno = EEXIST;
	}
	return result;
}
