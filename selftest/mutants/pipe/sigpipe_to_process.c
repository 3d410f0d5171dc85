/*
 * The SIGPIPE of a write() is sent to the process.
 */
#include "mutant.h"

#include <errno.h>
#include <signal.h>
#include <unistd.h>

ssize_t write(int fd, const void *data, size_t size)
{
	const struct timespec none = {0};
	sigset_t pipe_only, before;

	if (!mutant_is_pipe(fd))
		return REAL(write)(fd, data, size);
	(void)sigemptyset(&pipe_only);
	(void)sigaddset(&pipe_only, SIGPIPE);
	(void)pthread_sigmask(SIG_BLOCK, &pipe_only, &before);
	const ssize_t wrote = REAL(write)(fd, data, size);
	const int error = errno;
	if (wrote < 0 && error == EPIPE && sigtimedwait(&pipe_only, NULL, &none) > 0)
		(void)kill(getpid(), SIGPIPE);
	(void)pthread_sigmask(SIG_SETMASK, &before, NULL);
	errno = error;
	return wrote;
}
