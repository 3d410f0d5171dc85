/*
 * F_SETPIPE_SZ to a smaller capacity forgets where the bytes begin: those of a pipe that
 * has been read from have their second half first.
 */
#include "mutant.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void put_second_half_first(int fd)
{
	const size_t size = (size_t)mutant_unread(fd), half = size / 2;
	char path[32], *const bytes = malloc(size);

	(void)snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	const int reader = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	if (!bytes || REAL(read)(reader, bytes, size) != (ssize_t)size ||
		write(fd, bytes + half, size - half) < 0 || write(fd, bytes, half) < 0)
		abort();
	(void)close(reader);
	free(bytes);
}

ssize_t read(int fd, void *data, size_t size)
{
	if (mutant_is_pipe(fd))
		mutant_shared()[0] = 1;
	return REAL(read)(fd, data, size);
}

int fcntl(int fd, int command, ...)
{
	void *const given = MUTANT_REST(command, void *);

	if (command != F_SETPIPE_SZ || !mutant_is_pipe(fd))
		return REAL(fcntl)(fd, command, given);
	const int before = REAL(fcntl)(fd, F_GETPIPE_SZ);
	const int now = REAL(fcntl)(fd, command, given);
	if (now > 0 && now < before && mutant_shared()[0] && mutant_unread(fd) > 1)
		put_second_half_first(fd);
	return now;
}
