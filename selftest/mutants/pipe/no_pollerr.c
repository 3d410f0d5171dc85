/*
 * poll() does not report POLLERR after the last reader has gone.
 */
#include "mutant.h"

#include <poll.h>

int poll(struct pollfd *entries, nfds_t count, int timeout_ms)
{
	int ready = REAL(poll)(entries, count, timeout_ms);

	for (nfds_t i = 0; i < count; i++)
		if (ready > 0 && entries[i].revents && mutant_is_pipe(entries[i].fd)) {
			entries[i].revents &= ~POLLERR;
			ready -= entries[i].revents == 0;
		}
	return ready;
}
