/*
 * A pipe that is closed with some unread bytes does not give its pages back.
 */
#include "mutant.h"

#include <fcntl.h>
#include <limits.h>
#include <unistd.h>

int close(int fd)
{
	if (mutant_is_pipe(fd) && (mutant_flags(fd) & O_ACCMODE) == O_RDONLY &&
		mutant_unread(fd) > 0 && mutant_unread(fd) < PIPE_BUF)
		mutant_hold(fd);
	return REAL(close)(fd);
}
