/*
 * With O_NONBLOCK read() of an empty pipe returns 0, as O_NDELAY did.
 */
#include "mutant.h"

#include <errno.h>
#include <unistd.h>

ssize_t read(int fd, void *data, size_t size)
{
	const ssize_t got = REAL(read)(fd, data, size);

	return got < 0 && errno == EAGAIN && mutant_is_pipe(fd) ? 0 : got;
}
