/*
 * A byte that is read from a full pipe makes room for a page.
 */
#include "mutant.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

ssize_t read(int fd, void *data, size_t size)
{
	const bool is_pipe = mutant_is_pipe(fd);
	const int capacity = is_pipe ? REAL(fcntl)(fd, F_GETPIPE_SZ) : 0;
	const bool was_full = is_pipe && mutant_unread(fd) == capacity;
	const ssize_t got = REAL(read)(fd, data, size);

	if (got == 1 && was_full)
		(void)REAL(fcntl)(fd, F_SETPIPE_SZ, 2 * capacity);
	return got;
}
