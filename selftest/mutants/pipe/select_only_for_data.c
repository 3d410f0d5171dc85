/*
 * select() marks no pipe whose other end is gone.
 */
#include "mutant.h"

#include <poll.h>
#include <sys/select.h>

/* Removes from SET the pipes whose other end is gone; returns how many. */
static int drop(int count, fd_set *set)
{
	int dropped = 0;

	for (int fd = 0; set && fd < count; fd++) {
		struct pollfd about = {.fd = fd};
		if (FD_ISSET(fd, set) && mutant_is_pipe(fd) && poll(&about, 1, 0) == 1) {
			FD_CLR(fd, set);
			dropped++;
		}
	}
	return dropped;
}

int select(int count, fd_set *readable, fd_set *writable, fd_set *exceptional,
	struct timeval *limit)
{
	int ready = REAL(select)(count, readable, writable, exceptional, limit);

	if (ready > 0)
		ready -= drop(count, readable) + drop(count, writable);
	return ready;
}
