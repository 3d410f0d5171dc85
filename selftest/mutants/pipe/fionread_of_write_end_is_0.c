/*
 * FIONREAD on the write end gives 0.
 */
#include "mutant.h"

#include <fcntl.h>
#include <sys/ioctl.h>

int ioctl(int fd, unsigned long request, ...)
{
	void *const given = MUTANT_REST(request, void *);

	const int result = REAL(ioctl)(fd, request, given);
	if (result == 0 && request == FIONREAD && mutant_is_pipe(fd) &&
		(mutant_flags(fd) & O_ACCMODE) == O_WRONLY)
		*(int *)given = 0;
	return result;
}
