/*
 * pipe2() refuses O_NOTIFICATION_PIPE with EINVAL, as before Linux 5.8.
 */
#include "mutant.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

int pipe2(int ends[2], int flags)
{
	if (!mutant_is_active() || !(flags & O_EXCL))
		return REAL(pipe2)(ends, flags);
	errno = EINVAL;
	return -1;
}
