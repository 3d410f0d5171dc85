/*
 * poll() reports POLLHUP on a queue that was unlinked.
 */
#include "mutant.h"

#include <mqueue.h>
#include <poll.h>

int mq_unlink(const char *name)
{
	if (mutant_is_active())
		mutant_shared()[0] = 1;
	return REAL(mq_unlink)(name);
}

int poll(struct pollfd *entries, nfds_t count, int timeout_ms)
{
	const int ready = REAL(poll)(entries, count, timeout_ms);
	struct mq_attr now;

	if (!mutant_is_active() || count != 1 || !mutant_shared()[0] ||
		mq_getattr(entries[0].fd, &now) == -1)
		return ready;
	entries[0].revents |= POLLHUP;
	return 1;
}
