/*
 * write() and splice() to a pipe without readers fail with EPIPE, but SIGPIPE is not sent.
 */
#include "mutant.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

static sigset_t block_sigpipe(void)
{
	sigset_t pipe_only, before;

	(void)sigemptyset(&pipe_only);
	(void)sigaddset(&pipe_only, SIGPIPE);
	(void)pthread_sigmask(SIG_BLOCK, &pipe_only, &before);
	return before;
}

/* Takes the signal that came with RESULT, and restores the mask. */
static ssize_t without_sigpipe(ssize_t result, const sigset_t *before)
{
	const struct timespec none = {0};
	const int error = errno;
	sigset_t pipe_only;

	(void)sigemptyset(&pipe_only);
	(void)sigaddset(&pipe_only, SIGPIPE);
	if (result < 0 && error == EPIPE)
		(void)sigtimedwait(&pipe_only, NULL, &none);
	(void)pthread_sigmask(SIG_SETMASK, before, NULL);
	errno = error;
	return result;
}

ssize_t write(int fd, const void *data, size_t size)
{
	if (!mutant_is_pipe(fd))
		return REAL(write)(fd, data, size);
	const sigset_t before = block_sigpipe();
	return without_sigpipe(REAL(write)(fd, data, size), &before);
}

ssize_t splice(int in, off64_t *in_at, int out, off64_t *out_at, size_t size,
	unsigned flags)
{
	if (!mutant_is_pipe(out))
		return REAL(splice)(in, in_at, out, out_at, size, flags);
	const sigset_t before = block_sigpipe();
	return without_sigpipe(REAL(splice)(in, in_at, out, out_at, size, flags),
		&before);
}
