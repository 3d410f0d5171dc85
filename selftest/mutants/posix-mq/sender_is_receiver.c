/*
 * The signal of mq_notify() names the process that it goes to, not the sender.
 */
#include "mutant.h"

#include <signal.h>
#include <unistd.h>

int sigtimedwait(const sigset_t *set, siginfo_t *info, const struct timespec *timeout)
{
	const int number = REAL(sigtimedwait)(set, info, timeout);

	if (mutant_is_active() && number > 0 && info && info->si_code == SI_MESGQ) {
		info->si_pid = getpid();
		info->si_uid = getuid();
	}
	return number;
}
