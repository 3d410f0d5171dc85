/*
 * A call is restarted after every handler, with SA_RESTART or not.
 */
#include "mutant.h"

#include <signal.h>

int sigaction(int number, const struct sigaction *action, struct sigaction *old)
{
	struct sigaction other;

	if (!mutant_is_active() || !action)
		return REAL(sigaction)(number, action, old);
	other = *action;
	other.sa_flags |= SA_RESTART;
	return REAL(sigaction)(number, &other, old);
}
