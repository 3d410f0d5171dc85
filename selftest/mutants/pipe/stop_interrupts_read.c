/*
 * A read() that waits fails with EINTR after SIGSTOP and SIGCONT.
 */
#include "mutant.h"

#include "pipe_waiting.h"

ssize_t read(int fd, void *data, size_t size)
{
	if (!mutant_is_pipe(fd))
		return REAL(read)(fd, data, size);
	const int index = waiting_begin(fd);
	const ssize_t got = REAL(read)(fd, data, size);
	waiting_end(index);
	return got;
}

int kill(pid_t pid, int number)
{
	const int result = REAL(kill)(pid, number);

	for (int i = 0; number == SIGCONT && mutant_is_active() && i < WAITING_MAX; i++)
		if (*waiting_at(i, WAITING_TID) && *waiting_at(i, WAITING_PID) == pid)
			waiting_interrupt(i);
	return result;
}
