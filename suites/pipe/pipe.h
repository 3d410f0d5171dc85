/*
 * pipe: small questions that several cases about pipes ask.
 */
#ifndef SUITES_PIPE_PIPE_H
#define SUITES_PIPE_PIPE_H

#include <fcntl.h>
#include <stdbool.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "assay.h"

/** The bytes of a page of memory, the unit in which Linux counts the room of a pipe. */
static inline long page_size(void)
{
	return need(sysconf(_SC_PAGESIZE));
}

/** Whether FD_CLOEXEC is set on FD. */
static inline bool closes_on_exec(int fd)
{
	return need(fcntl(fd, F_GETFD)) & FD_CLOEXEC;
}

/** Whether O_NONBLOCK is set on the open file description of FD. */
static inline bool is_nonblocking(int fd)
{
	return need(fcntl(fd, F_GETFL)) & O_NONBLOCK;
}

/** What F_GETPIPE_SZ says of the pipe behind FD, in bytes.  Ends the case `broken` when
 *  it says nothing. */
static inline long capacity(int fd)
{
	return need(fcntl(fd, F_GETPIPE_SZ));
}

/** How many bytes wait in the pipe behind FD.  Ends the case `broken` when FIONREAD does
 *  not tell. */
static inline long unread(int fd)
{
	int bytes = -1;
	need(ioctl(fd, FIONREAD, &bytes));
	return bytes;
}

#endif
