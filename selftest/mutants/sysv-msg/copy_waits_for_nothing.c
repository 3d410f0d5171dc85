/*
 * MSG_COPY needs no IPC_NOWAIT, and may come with MSG_EXCEPT.
 */
#include "sysv_msg.h"

ssize_t msgrcv(int id, void *message, size_t size, long type, int flags)
{
	if (mutant_is_active() && flags & MSG_COPY)
		flags = (flags | IPC_NOWAIT) & ~MSG_EXCEPT;
	return REAL(msgrcv)(id, message, size, type, flags);
}
