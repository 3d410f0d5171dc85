/*
 * Every epoll watch is level-triggered.
 */
#include "mutant.h"

#include <sys/epoll.h>

int epoll_ctl(int epoll, int operation, int fd, struct epoll_event *event)
{
	if (mutant_is_active() && event)
		event->events &= ~(uint32_t)EPOLLET;
	return REAL(epoll_ctl)(epoll, operation, fd, event);
}
