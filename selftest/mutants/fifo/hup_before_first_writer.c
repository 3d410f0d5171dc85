/*
 * poll() reports POLLHUP on a FIFO that no writer has opened yet.
 */
#include "mutant.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

int poll(struct pollfd *entries, nfds_t count, int timeout_ms)
{
	const int ready = REAL(poll)(entries, count, timeout_ms);
	char byte;

	if (ready != 0 || count != 1 || !mutant_is_pipe(entries->fd) ||
		!(mutant_flags(entries->fd) & O_NONBLOCK) ||
		mutant_unread(entries->fd) > 0 || read(entries->fd, &byte, 1) != 0)
		return ready;
	entries->revents = POLLHUP;
	return 1;
}
