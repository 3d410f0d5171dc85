/*
 * F_SETPIPE_SZ rounds sizes between 64 KiB and 1 MiB down to a power of two.
 */
#include "mutant.h"

#include <fcntl.h>

int fcntl(int fd, int command, ...)
{
	void *given = MUTANT_REST(command, void *);
	long size = 65536;

	if (command == F_SETPIPE_SZ && (long)given > size && (long)given < 1048576 &&
		mutant_is_pipe(fd)) {
		while (size <= (long)given / 2)
			size *= 2;
		given = (void *)size;
	}
	return REAL(fcntl)(fd, command, given);
}
