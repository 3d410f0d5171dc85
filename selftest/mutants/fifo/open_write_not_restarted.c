/*
 * open(O_WRONLY) of a FIFO that waits is not restarted after a handler with SA_RESTART.
 */
#include "mutant.h"

#include <fcntl.h>
#include <signal.h>

int open(const char *path, int flags, ...)
{
	const int mode = MUTANT_REST(flags, int);
	struct sigaction before, without;

	if (!mutant_is_active() || (flags & O_ACCMODE) != O_WRONLY)
		return REAL(open)(path, flags, mode);
	(void)sigaction(SIGUSR1, NULL, &before);
	without = before;
	without.sa_flags &= ~SA_RESTART;
	(void)sigaction(SIGUSR1, &without, NULL);
	const int fd = REAL(open)(path, flags, mode);
	(void)sigaction(SIGUSR1, &before, NULL);
	return fd;
}
