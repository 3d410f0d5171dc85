/*
 * A call on a queue is not restarted after a handler with SA_RESTART.
 */
#include "mutant.h"

#include <signal.h>

int sigaction(int number, const struct sigaction *action, struct sigaction *old)
{
	struct sigaction other;

	if (!mutant_is_active() || !action)
		return REAL(sigaction)(number, action, old);
	other = *action;
	other.sa_flags &= ~SA_RESTART;
	return REAL(sigaction)(number, &other, old);
}
