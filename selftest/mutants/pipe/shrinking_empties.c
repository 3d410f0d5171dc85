/*
 * F_SETPIPE_SZ to a smaller capacity throws away what is in the pipe.
 */
#include "mutant.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

static void empty(int fd)
{
	char path[32], lost[4096];

	(void)snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	const int reader = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	while (read(reader, lost, sizeof(lost)) > 0)
		continue;
	(void)close(reader);
}

int fcntl(int fd, int command, ...)
{
	void *const given = MUTANT_REST(command, void *);

	if (command == F_SETPIPE_SZ && mutant_is_pipe(fd) &&
		(long)given < REAL(fcntl)(fd, F_GETPIPE_SZ))
		empty(fd);
	return REAL(fcntl)(fd, command, given);
}
