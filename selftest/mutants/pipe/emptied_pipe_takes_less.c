/*
 * A pipe that was full and then read to the last byte takes only 512 bytes.
 */
#include "mutant.h"

#include <errno.h>
#include <unistd.h>

enum { ROOM = 512 };
enum { WAS_FULL = 1, WAS_EMPTIED };

ssize_t write(int fd, const void *data, size_t size)
{
	_Atomic long *const state = mutant_shared();

	if (!mutant_is_pipe(fd))
		return REAL(write)(fd, data, size);
	if (*state == WAS_EMPTIED && (size_t)mutant_unread(fd) + size > ROOM) {
		errno = EAGAIN;
		return -1;
	}
	const ssize_t wrote = REAL(write)(fd, data, size);
	if (wrote < 0 && errno == EAGAIN)
		*state = WAS_FULL;
	return wrote;
}

ssize_t read(int fd, void *data, size_t size)
{
	const ssize_t got = REAL(read)(fd, data, size);

	if (got < 0 && errno == EAGAIN && mutant_is_pipe(fd) &&
		*mutant_shared() == WAS_FULL)
		*mutant_shared() = WAS_EMPTIED;
	return got;
}
