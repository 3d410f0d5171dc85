/*
 * A write() that finds no reader any more after some bytes sends no SIGPIPE.
 */
#include "mutant.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <unistd.h>

ssize_t write(int fd, const void *data, size_t size)
{
	const struct timespec none = {0};
	sigset_t sigpipe, before;

	if (!mutant_is_pipe(fd) || size <= PIPE_BUF)
		return REAL(write)(fd, data, size);
	(void)sigemptyset(&sigpipe);
	(void)sigaddset(&sigpipe, SIGPIPE);
	(void)pthread_sigmask(SIG_BLOCK, &sigpipe, &before);
	const ssize_t written = REAL(write)(fd, data, size);
	const int error = errno;
	if (written > 0)
		(void)sigtimedwait(&sigpipe, NULL, &none);
	(void)pthread_sigmask(SIG_SETMASK, &before, NULL);
	errno = error;
	return written;
}
