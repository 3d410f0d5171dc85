/*
 * Who waits on a pipe is not woken when the last other end is closed.
 */
#include "mutant.h"

#include "pipe_waiting.h"

#include <fcntl.h>

ssize_t read(int fd, void *data, size_t size)
{
	if (!mutant_is_pipe(fd))
		return REAL(read)(fd, data, size);
	const int index = waiting_begin(fd);
	const ssize_t got = REAL(read)(fd, data, size);
	waiting_end(index);
	return got;
}

ssize_t write(int fd, const void *data, size_t size)
{
	if (!mutant_is_pipe(fd))
		return REAL(write)(fd, data, size);
	const int index = waiting_begin(fd);
	const ssize_t wrote = REAL(write)(fd, data, size);
	waiting_end(index);
	return wrote;
}

static bool is_other_end(int index, int fd)
{
	return ((*waiting_at(index, WAITING_FLAGS) ^ mutant_flags(fd)) & O_ACCMODE) != 0;
}

int close(int fd)
{
	for (int i = 0; mutant_is_pipe(fd) && i < WAITING_MAX; i++)
		if (waiting_is(i, waiting_pipe(fd)) && is_other_end(i, fd)) {
			mutant_hold(fd);
			break;
		}
	return REAL(close)(fd);
}
