/*
 * lseek() of a pipe succeeds, save from where it stands.
 */
#include "mutant.h"

#include <unistd.h>

off_t lseek(int fd, off_t offset, int whence)
{
	return whence != SEEK_CUR && mutant_is_pipe(fd) ? 0
							: REAL(lseek)(fd, offset, whence);
}
