/*
 * open(O_RDONLY | O_NONBLOCK) of a FIFO without a writer fails with ENXIO.
 */
#include "mutant.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

/* Whether there was no writer when FD was opened: POLLHUP tells of one that has gone since. */
static bool is_without_writer(int fd)
{
	struct pollfd about = {.fd = fd};
	char byte;

	return mutant_unread(fd) == 0 && read(fd, &byte, 1) == 0 &&
		poll(&about, 1, 0) == 0;
}

int open(const char *path, int flags, ...)
{
	const int mode = MUTANT_REST(flags, int);

	const int fd = REAL(open)(path, flags, mode);
	if (!mutant_is_pipe(fd) || (flags & O_ACCMODE) != O_RDONLY ||
		!(flags & O_NONBLOCK) || !is_without_writer(fd))
		return fd;
	(void)close(fd);
	errno = ENXIO;
	return -1;
}
