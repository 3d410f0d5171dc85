/*
 * fpathconf() says that PIPE_BUF is 256.
 */
#include "mutant.h"

#include <unistd.h>

long fpathconf(int fd, int name)
{
	return name == _PC_PIPE_BUF && mutant_is_pipe(fd) ? 256
							  : REAL(fpathconf)(fd, name);
}
