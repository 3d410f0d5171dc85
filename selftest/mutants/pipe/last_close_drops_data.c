/*
 * close() by the last writer throws away what has not been read.
 */
#include "mutant.h"

#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <unistd.h>

int close(int fd)
{
	char path[32], lost[4096];
	struct pollfd about = {.events = POLLIN};

	if (!mutant_is_pipe(fd) || (mutant_flags(fd) & O_ACCMODE) != O_WRONLY)
		return REAL(close)(fd);
	(void)snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	about.fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	const int result = REAL(close)(fd);
	if (poll(&about, 1, 0) == 1 && about.revents & POLLHUP)
		while (read(about.fd, lost, sizeof(lost)) > 0)
			continue;
	(void)REAL(close)(about.fd);
	return result;
}
