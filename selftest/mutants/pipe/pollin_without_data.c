/*
 * poll() reports POLLIN on the read end of an empty pipe.
 */
#include "mutant.h"

#include <fcntl.h>
#include <poll.h>

int poll(struct pollfd *entries, nfds_t count, int timeout_ms)
{
	const int ready = REAL(poll)(entries, count, timeout_ms);

	if (ready != 0 || count != 1 || !(entries->events & POLLIN) ||
		!mutant_is_pipe(entries->fd) ||
		(mutant_flags(entries->fd) & O_ACCMODE) != O_RDONLY)
		return ready;
	entries->revents = POLLIN;
	return 1;
}
