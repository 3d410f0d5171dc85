/*
 * A process that is stopped while it waits to receive stays in the list of those who wait,
 * and is handed the next message, for which it looks when it goes on.
 */
#include "mutant.h"

#include <mqueue.h>
#include <signal.h>

int kill(pid_t pid, int number)
{
	if (mutant_is_active() && (number == SIGSTOP || number == SIGCONT))
		mutant_shared()[0] = number == SIGSTOP;
	return REAL(kill)(pid, number);
}

int mq_timedsend(mqd_t queue, const char *message, size_t length, unsigned priority,
	const struct timespec *deadline)
{
	if (mutant_is_active() && mutant_shared()[0] != 0)
		return 0;
	return REAL(mq_timedsend)(queue, message, length, priority, deadline);
}
