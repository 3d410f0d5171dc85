/*
 * poll() finds no room in an empty queue.
 */
#include "mutant.h"

#include <mqueue.h>
#include <poll.h>

int poll(struct pollfd *entries, nfds_t count, int timeout_ms)
{
	const int ready = REAL(poll)(entries, count, timeout_ms);
	struct mq_attr now;

	if (!mutant_is_active() || ready != 1 || count != 1 ||
		mq_getattr(entries[0].fd, &now) == -1 || now.mq_curmsgs > 0)
		return ready;
	entries[0].revents &= ~POLLOUT;
	return entries[0].revents != 0;
}
