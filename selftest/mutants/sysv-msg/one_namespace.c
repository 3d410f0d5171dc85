/*
 * unshare(CLONE_NEWIPC) leaves the caller where it was.
 */
#include "mutant.h"

#include <sched.h>

int unshare(int flags)
{
	return REAL(unshare)(mutant_is_active() ? flags & ~CLONE_NEWIPC : flags);
}
