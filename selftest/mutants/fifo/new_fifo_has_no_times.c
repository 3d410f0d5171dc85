/*
 * mkfifo() does not mark the times of the new FIFO.
 */
#include "mutant.h"

#include <fcntl.h>
#include <sys/stat.h>

int mkfifo(const char *path, mode_t mode)
{
	const struct timespec none[2] = {{0}, {0}};
	const int result = REAL(mkfifo)(path, mode);

	if (result == 0 && mutant_is_active())
		(void)utimensat(AT_FDCWD, path, none, AT_SYMLINK_NOFOLLOW);
	return result;
}
