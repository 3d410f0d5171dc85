/*
 * poll() reports POLLOUT as soon as there is room for half of PIPE_BUF bytes.
 */
#include "mutant.h"

#include <fcntl.h>
#include <limits.h>
#include <poll.h>

int poll(struct pollfd *entries, nfds_t count, int timeout_ms)
{
	const int ready = REAL(poll)(entries, count, timeout_ms);

	if (ready != 0 || count != 1 || !(entries->events & POLLOUT) ||
		!mutant_is_pipe(entries->fd) ||
		REAL(fcntl)(entries->fd, F_GETPIPE_SZ) - mutant_unread(entries->fd) <
			PIPE_BUF / 2)
		return ready;
	entries->revents = POLLOUT;
	return 1;
}
