/*
 * A message that went to a blocked receiver leaves the queue readable for poll().
 */
#include "registration.h"

#include <poll.h>

int mq_timedsend(mqd_t queue, const char *text, size_t length, unsigned priority,
	const struct timespec *deadline)
{
	const int result = REAL(mq_timedsend)(queue, text, length, priority, deadline);

	if (mutant_is_active() && result == 0 && messages_in(queue) == 0)
		mutant_shared()[0] = 1;
	return result;
}

int poll(struct pollfd *entries, nfds_t count, int timeout_ms)
{
	const int ready = REAL(poll)(entries, count, timeout_ms);
	struct mq_attr now;

	if (!mutant_is_active() || count != 1 || !mutant_shared()[0] ||
		!(entries[0].events & POLLIN) || mq_getattr(entries[0].fd, &now) == -1)
		return ready;
	entries[0].revents |= POLLIN;
	return 1;
}
