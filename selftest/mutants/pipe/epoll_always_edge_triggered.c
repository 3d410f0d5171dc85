/*
 * epoll reports the bytes in a pipe once, without EPOLLET too.
 */
#include "mutant.h"

#include <sys/epoll.h>

int epoll_ctl(int epoll, int operation, int fd, struct epoll_event *event)
{
	if (event && mutant_is_pipe(fd))
		event->events |= EPOLLET;
	return REAL(epoll_ctl)(epoll, operation, fd, event);
}
