/*
 * Exit does not close the ends of a process that only inherited them.
 */
#include "mutant.h"

#include <sys/uio.h>
#include <unistd.h>

static pid_t user;

static void used(int fd)
{
	if (mutant_is_pipe(fd))
		user = getpid();
}

ssize_t read(int fd, void *data, size_t size)
{
	used(fd);
	return REAL(read)(fd, data, size);
}

ssize_t write(int fd, const void *data, size_t size)
{
	used(fd);
	return REAL(write)(fd, data, size);
}

ssize_t writev(int fd, const struct iovec *parts, int count)
{
	used(fd);
	return REAL(writev)(fd, parts, count);
}

int close(int fd)
{
	used(fd);
	return REAL(close)(fd);
}

void _exit(int status)
{
	for (int fd = 3; user != getpid() && fd < 200; fd++)
		if (mutant_is_pipe(fd))
			mutant_hold(fd);
	REAL(_exit)(status);
	__builtin_unreachable();
}
