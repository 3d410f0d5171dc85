/*
 * read() of less than a packet discards the packets behind it too.
 */
#include "mutant.h"

#include <fcntl.h>
#include <limits.h>
#include <unistd.h>

int pipe2(int ends[2], int flags)
{
	const int result = REAL(pipe2)(ends, flags);

	if (result == 0 && mutant_is_active() && flags & O_DIRECT)
		mutant_shared()[ends[0]] = 1;
	return result;
}

ssize_t read(int fd, void *data, size_t size)
{
	char lost[PIPE_BUF];

	if (!mutant_is_pipe(fd) || !mutant_shared()[fd])
		return REAL(read)(fd, data, size);
	const int before = mutant_unread(fd);
	const ssize_t got = REAL(read)(fd, data, size);
	/* The rest of the packet went with it. */
	if (got > 0 && mutant_unread(fd) < before - got)
		while (mutant_unread(fd) > 0 && REAL(read)(fd, lost, sizeof(lost)) > 0)
			continue;
	return got;
}
