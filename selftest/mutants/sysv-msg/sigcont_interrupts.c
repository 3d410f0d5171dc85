/*
 * A msgrcv() that is stopped and continued fails with EINTR.
 */
#include "sysv_msg.h"

#include <signal.h>

static void nothing(int number)
{
	(void)number;
}

ssize_t msgrcv(int id, void *message, size_t size, long type, int flags)
{
	if (mutant_is_active())
		(void)signal(SIGCONT, nothing);
	return REAL(msgrcv)(id, message, size, type, flags);
}
