/*
 * open(O_WRONLY) of a FIFO without a reader waits for 0.1 s, then fails with ENXIO.
 */
#include "mutant.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

enum { TRIES = 200, TRY_US = 500 };

int open(const char *path, int flags, ...)
{
	const int mode = MUTANT_REST(flags, int);

	if (!mutant_is_active() || (flags & O_ACCMODE) != O_WRONLY ||
		flags & (O_NONBLOCK | O_PATH))
		return REAL(open)(path, flags, mode);
	int fd = REAL(open)(path, flags | O_NONBLOCK, mode);
	for (int i = 0; fd < 0 && errno == ENXIO && i < TRIES; i++) {
		(void)usleep(TRY_US);
		fd = REAL(open)(path, flags | O_NONBLOCK, mode);
	}
	if (fd >= 0)
		(void)fcntl(fd, F_SETFL, flags);
	return fd;
}
