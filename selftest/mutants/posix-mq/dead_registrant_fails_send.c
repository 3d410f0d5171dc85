/*
 * mq_send() looks for the process that is registered for notification, and fails when it has
 * been killed.
 */
#include "mutant.h"

#include <errno.h>
#include <mqueue.h>
#include <signal.h>
#include <unistd.h>

enum { REGISTERED, KILLED }; /* numbers that all share: process ids */

int kill(pid_t pid, int number)
{
	if (mutant_is_active() && number == SIGKILL)
		mutant_shared()[KILLED] = pid;
	return REAL(kill)(pid, number);
}

int mq_notify(mqd_t queue, const struct sigevent *event)
{
	const int result = REAL(mq_notify)(queue, event);

	if (mutant_is_active() && result == 0)
		mutant_shared()[REGISTERED] = event ? getpid() : 0;
	return result;
}

int mq_send(mqd_t queue, const char *message, size_t length, unsigned priority)
{
	if (mutant_is_active() && mutant_shared()[REGISTERED] != 0 &&
		mutant_shared()[REGISTERED] == mutant_shared()[KILLED]) {
		errno = ESRCH;
		return -1;
	}
	return REAL(mq_send)(queue, message, length, priority);
}
