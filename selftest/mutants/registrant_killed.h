/*
 * registrant_killed: for mutants of what becomes of a registration for notification when its
 * process has been killed.
 */
#ifndef ASSAY_SELFTEST_REGISTRANT_KILLED_H
#define ASSAY_SELFTEST_REGISTRANT_KILLED_H

#include "mutant.h"

#include <mqueue.h>
#include <signal.h>
#include <unistd.h>

enum { REGISTERED, KILLED }; /* numbers that all share: process ids */

static inline bool registrant_is_killed(void)
{
	return mutant_is_active() && mutant_shared()[REGISTERED] != 0 &&
		mutant_shared()[REGISTERED] == mutant_shared()[KILLED];
}

/* mq_notify() that notes who is registered. */
static inline int registrant_noted(mqd_t queue, const struct sigevent *event)
{
	const int result = REAL(mq_notify)(queue, event);

	if (mutant_is_active() && result == 0)
		mutant_shared()[REGISTERED] = event ? getpid() : 0;
	return result;
}

int kill(pid_t pid, int number)
{
	if (mutant_is_active() && number == SIGKILL)
		mutant_shared()[KILLED] = pid;
	return REAL(kill)(pid, number);
}

#endif
