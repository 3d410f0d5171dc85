/*
 * The kernel forgets to close the queues of a process that a signal kills.
 */
#include "mutant.h"

#include <mqueue.h>
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

int kill(pid_t pid, int number)
{
	if (mutant_is_active() && number == SIGKILL) {
		const int victim = (int)syscall(SYS_pidfd_open, pid, 0);
		for (int fd = 3; fd < 200; fd++) {
			struct mq_attr attributes;
			const int copy = (int)syscall(SYS_pidfd_getfd, victim, fd, 0);
			if (copy >= 0 && mq_getattr(copy, &attributes) == 0)
				mutant_hold(copy);
			if (copy >= 0)
				(void)close(copy);
		}
		(void)close(victim);
	}
	return REAL(kill)(pid, number);
}
