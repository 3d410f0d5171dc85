/*
 * EPOLLET is ignored: epoll reports a pipe as long as it holds bytes.
 */
#include "mutant.h"

#include <sys/epoll.h>

int epoll_ctl(int epoll, int operation, int fd, struct epoll_event *event)
{
	if (event && mutant_is_pipe(fd))
		event->events &= ~(unsigned)EPOLLET;
	return REAL(epoll_ctl)(epoll, operation, fd, event);
}
