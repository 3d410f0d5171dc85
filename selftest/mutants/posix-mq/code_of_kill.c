/*
 * The signal of mq_notify() looks like one of kill().
 */
#include "mutant.h"

#include <signal.h>

int sigtimedwait(const sigset_t *set, siginfo_t *info, const struct timespec *timeout)
{
	const int number = REAL(sigtimedwait)(set, info, timeout);

	if (mutant_is_active() && number > 0 && info && info->si_code == SI_MESGQ)
		info->si_code = SI_USER;
	return number;
}
