/*
 * With O_NONBLOCK of pipe2() write() of exactly PIPE_BUF bytes to an empty pipe writes
 * one less.
 */
#include "mutant.h"

#include <fcntl.h>
#include <limits.h>
#include <unistd.h>

/* Not after F_SETFL, by which fill() sets it. */
int fcntl(int fd, int command, ...)
{
	void *const given = MUTANT_REST(command, void *);

	if (command == F_SETFL && mutant_is_pipe(fd))
		mutant_shared()[0] = 1;
	return REAL(fcntl)(fd, command, given);
}

ssize_t write(int fd, const void *data, size_t size)
{
	if (size == PIPE_BUF && mutant_is_pipe(fd) && mutant_flags(fd) & O_NONBLOCK &&
		mutant_shared()[0] == 0 && mutant_unread(fd) == 0)
		size--;
	return REAL(write)(fd, data, size);
}
