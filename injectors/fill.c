#include "fill.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/types.h>
#include <unistd.h>

/* Writes pieces of SIZE bytes until one does not go in at all.  Returns false on an error
 * other than EAGAIN. */
static bool write_until_full(int fd, const char *zeros, size_t size, size_t *total)
{
	for (;;) {
		const ssize_t written = write(fd, zeros, size);
		if (written > 0)
			*total += (size_t)written;
		else if (written == 0 || errno == EAGAIN)
			return written != 0;
		else if (errno != EINTR)
			return false;
	}
}

size_t fill(int fd)
{
	const size_t page = (size_t)sysconf(_SC_PAGESIZE);
	const int flags = fcntl(fd, F_GETFL);
	size_t total = 0;

	if (flags == -1 || fcntl(fd, F_SETFL, flags | O_NONBLOCK) == -1)
		return (size_t)-1;
	char *const zeros = calloc(1, page);
	const bool filled = zeros && write_until_full(fd, zeros, page, &total) &&
		write_until_full(fd, zeros, 1, &total);
	const int error = errno;
	free(zeros);
	if (fcntl(fd, F_SETFL, flags) == -1 || !filled) {
		errno = filled ? errno : error;
		return (size_t)-1;
	}
	return total;
}
