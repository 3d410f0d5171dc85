/*
 * A reader that is killed while it waits takes the next byte with it.
 */
#include "mutant.h"

#include "pipe_waiting.h"

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
	const long pipe = mutant_is_pipe(fd) ? waiting_pipe(fd) : 0;

	for (int i = 0; pipe && i < WAITING_MAX; i++)
		if (waiting_is(i, pipe) && *waiting_at(i, WAITING_FD) < 0) {
			waiting_end(i);
			return (ssize_t)size;
		}
	return REAL(write)(fd, data, size);
}

int kill(pid_t pid, int number)
{
	for (int i = 0; number == SIGKILL && mutant_is_active() && i < WAITING_MAX; i++)
		if (*waiting_at(i, WAITING_PID) == pid)
			*waiting_at(i, WAITING_FD) = -1;
	return REAL(kill)(pid, number);
}
