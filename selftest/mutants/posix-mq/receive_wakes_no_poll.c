/*
 * poll() that waits for room in a queue is not woken when a message is taken.
 */
#include "mutant.h"

#include <mqueue.h>
#include <poll.h>

int poll(struct pollfd *entries, nfds_t count, int timeout_ms)
{
	struct pollfd other;
	struct mq_attr now;

	if (!mutant_is_active() || count != 1 || timeout_ms == 0 ||
		mq_getattr(entries[0].fd, &now) == -1)
		return REAL(poll)(entries, count, timeout_ms);
	other = entries[0];
	other.events &= ~POLLOUT;
	const int ready = REAL(poll)(&other, 1, timeout_ms);
	entries[0].revents = other.revents;
	return ready;
}
