/*
 * read() waits until all bytes that were asked for are there.
 */
#include "mutant.h"

#include <fcntl.h>
#include <unistd.h>

ssize_t read(int fd, void *data, size_t size)
{
	/* A packet is read by itself. */
	const bool waits =
		mutant_is_pipe(fd) && !(mutant_flags(fd) & (O_NONBLOCK | O_DIRECT));
	ssize_t done = REAL(read)(fd, data, size);

	while (waits && done > 0 && (size_t)done < size) {
		const ssize_t more =
			REAL(read)(fd, (char *)data + done, size - (size_t)done);
		if (more <= 0)
			break;
		done += more;
	}
	return done;
}
