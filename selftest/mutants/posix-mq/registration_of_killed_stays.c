/*
 * The registration for notification outlives the process that was killed with it.
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
	if (!mutant_is_active())
		return REAL(mq_notify)(queue, event);
	if (event && mutant_shared()[REGISTERED] != 0 &&
		mutant_shared()[REGISTERED] == mutant_shared()[KILLED]) {
		errno = EBUSY;
		return -1;
	}
	const int result = REAL(mq_notify)(queue, event);
	if (result == 0 && event)
		mutant_shared()[REGISTERED] = getpid();
	return result;
}
