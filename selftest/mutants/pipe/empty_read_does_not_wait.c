/*
 * read() of an empty pipe that has a writer fails with EAGAIN, without O_NONBLOCK too.
 */
#include "mutant.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

ssize_t read(int fd, void *data, size_t size)
{
	struct pollfd about = {.fd = fd, .events = POLLIN};

	if (size > 0 && mutant_is_pipe(fd) &&
		(mutant_flags(fd) & O_ACCMODE) != O_WRONLY && poll(&about, 1, 0) == 0) {
		errno = EAGAIN;
		return -1;
	}
	return REAL(read)(fd, data, size);
}
