/*
 * setns() reports success and leaves the caller where it is.
 */
#include "sysv_msg.h"

#include <sched.h>

int setns(int fd, int kind)
{
	return mutant_is_active() ? 0 : REAL(setns)(fd, kind);
}
