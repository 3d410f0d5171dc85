/*
 * msgrcv() and msgsnd() are no cancellation points.
 */
#include "sysv_msg.h"

#include <sys/syscall.h>
#include <unistd.h>

ssize_t msgrcv(int id, void *message, size_t size, long type, int flags)
{
	if (!mutant_is_active())
		return REAL(msgrcv)(id, message, size, type, flags);
	return (ssize_t)syscall(SYS_msgrcv, id, message, size, type, flags);
}

int msgsnd(int id, const void *message, size_t size, int flags)
{
	if (!mutant_is_active())
		return REAL(msgsnd)(id, message, size, flags);
	return (int)syscall(SYS_msgsnd, id, message, size, flags);
}
