/*
 * poll() says of every queue that it has room.
 */
#include "mutant.h"

#include <mqueue.h>
#include <poll.h>

int poll(struct pollfd *entries, nfds_t count, int timeout_ms)
{
	const int ready = REAL(poll)(entries, count, timeout_ms);
	struct mq_attr now;

	if (!mutant_is_active() || count != 1 || !(entries[0].events & POLLOUT) ||
		mq_getattr(entries[0].fd, &now) == -1)
		return ready;
	entries[0].revents |= POLLOUT;
	return 1;
}
