/*
 * poll() reports POLLOUT as soon as there is room for a byte.
 */
#include "mutant.h"

#include <fcntl.h>
#include <poll.h>

int poll(struct pollfd *entries, nfds_t count, int timeout_ms)
{
	const int ready = REAL(poll)(entries, count, timeout_ms);

	if (ready != 0 || count != 1 || !(entries->events & POLLOUT) ||
		!mutant_is_pipe(entries->fd) ||
		mutant_unread(entries->fd) == REAL(fcntl)(entries->fd, F_GETPIPE_SZ))
		return ready;
	entries->revents = POLLOUT;
	return 1;
}
