/*
 * Every epoll watch is edge-triggered.
 */
#include "mutant.h"

#include <sys/epoll.h>

int epoll_ctl(int epoll, int operation, int fd, struct epoll_event *event)
{
	if (mutant_is_active() && event)
		event->events |= EPOLLET;
	return REAL(epoll_ctl)(epoll, operation, fd, event);
}
