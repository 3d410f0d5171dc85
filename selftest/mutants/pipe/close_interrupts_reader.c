/*
 * close() makes a read() of that descriptor by another thread fail with EINTR.
 */
#include "mutant.h"

#include "pipe_waiting.h"

#include <sched.h>

ssize_t read(int fd, void *data, size_t size)
{
	if (!mutant_is_pipe(fd))
		return REAL(read)(fd, data, size);
	const int index = waiting_begin(fd);
	const ssize_t got = REAL(read)(fd, data, size);
	waiting_end(index);
	return got;
}

/* The read has ended before anything else can end it. */
static void interrupt_and_await(int index)
{
	const long tid = *waiting_at(index, WAITING_TID);

	waiting_interrupt(index);
	while (*waiting_at(index, WAITING_TID) == tid)
		(void)sched_yield();
}

int close(int fd)
{
	const bool is_pipe = mutant_is_pipe(fd);
	const int result = REAL(close)(fd);

	for (int i = 0; is_pipe && i < WAITING_MAX; i++)
		if (*waiting_at(i, WAITING_TID) &&
			*waiting_at(i, WAITING_PID) == getpid() &&
			*waiting_at(i, WAITING_FD) == fd)
			interrupt_and_await(i);
	return result;
}
