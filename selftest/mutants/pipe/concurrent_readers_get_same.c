/*
 * Of several readers, one gets a copy of what another gets.
 */
#include "mutant.h"

#include <fcntl.h>
#include <unistd.h>

enum { FIRST_READER, HAS_COPIED };

/* A copy of the next bytes, which stay in the pipe; -1 when there are none. */
static ssize_t read_copy(int fd, void *data, size_t size)
{
	int copy[2];
	ssize_t got = -1;

	if (REAL(pipe)(copy) != 0)
		return -1;
	if (tee(fd, copy[1], size, SPLICE_F_NONBLOCK) > 0)
		got = REAL(read)(copy[0], data, size);
	(void)close(copy[0]);
	(void)close(copy[1]);
	return got;
}

ssize_t read(int fd, void *data, size_t size)
{
	_Atomic long *const state = mutant_shared();

	/* Numbers; not the single bytes and short texts that one reads after the other. */
	if (size < 200 || !mutant_is_pipe(fd))
		return REAL(read)(fd, data, size);
	if (state[FIRST_READER] == 0)
		state[FIRST_READER] = getpid();
	if (state[FIRST_READER] != getpid() && state[HAS_COPIED] == 0) {
		const ssize_t got = read_copy(fd, data, size);
		if (got > 0) {
			state[HAS_COPIED] = 1;
			return got;
		}
	}
	return REAL(read)(fd, data, size);
}
