/*
 * The bytes in a FIFO and its capacity stay when all have closed it.
 */
#include "mutant.h"

#include <fcntl.h>
#include <unistd.h>

int close(int fd)
{
	if (mutant_is_pipe(fd) && (mutant_flags(fd) & O_ACCMODE) != O_WRONLY)
		mutant_hold(fd);
	return REAL(close)(fd);
}
