/*
 * select() marks a write end as writable only where there is room, without readers too.
 */
#include "mutant.h"

#include <poll.h>
#include <sys/select.h>

int select(int count, fd_set *readable, fd_set *writable, fd_set *exceptional,
	struct timeval *limit)
{
	int ready = REAL(select)(count, readable, writable, exceptional, limit);

	for (int fd = 0; ready > 0 && writable && fd < count; fd++) {
		struct pollfd about = {.fd = fd, .events = POLLOUT};
		if (FD_ISSET(fd, writable) && mutant_is_pipe(fd) &&
			poll(&about, 1, 0) == 1 && !(about.revents & POLLOUT)) {
			FD_CLR(fd, writable);
			ready--;
		}
	}
	return ready;
}
