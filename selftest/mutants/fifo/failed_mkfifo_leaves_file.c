/*
 * mkfifo() that fails leaves an empty file where it can.
 */
#include "mutant.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

int mkfifo(const char *path, mode_t mode)
{
	const int result = REAL(mkfifo)(path, mode);

	if (result < 0 && mutant_is_active()) {
		const int error = errno;
		const int left =
			open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
		if (left >= 0)
			(void)close(left);
		errno = error;
	}
	return result;
}
