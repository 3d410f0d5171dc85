/*
 * A write of a byte releases every reader that waits: who does not get it returns 0.
 */
#include "pipe_waiting.h"

ssize_t read(int fd, void *data, size_t size)
{
	if (!mutant_is_pipe(fd))
		return REAL(read)(fd, data, size);
	const int index = waiting_begin(fd);
	const ssize_t got = REAL(read)(fd, data, size);
	const bool was_released = *waiting_at(index, WAITING_FD) < 0;
	waiting_end(index);
	return got < 0 && errno == EINTR && was_released ? 0 : got;
}

static int count_waiting(long pipe)
{
	int count = 0;

	for (int i = 0; i < WAITING_MAX; i++)
		count += waiting_is(i, pipe);
	return count;
}

ssize_t write(int fd, const void *data, size_t size)
{
	const long pipe = size == 1 && mutant_is_pipe(fd) ? waiting_pipe(fd) : 0;
	const bool releases = pipe && count_waiting(pipe) > 1;
	const ssize_t wrote = REAL(write)(fd, data, size);

	if (wrote != 1 || !releases)
		return wrote;
	while (mutant_unread(fd) > 0)
		continue;
	for (int i = 0; i < WAITING_MAX; i++)
		if (waiting_is(i, pipe)) {
			*waiting_at(i, WAITING_FD) = -1;
			waiting_interrupt(i);
		}
	return wrote;
}
