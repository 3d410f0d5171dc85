/*
 * msgrcv() with IPC_NOWAIT that finds nothing gives EAGAIN.
 */
#include "sysv_msg.h"

ssize_t msgrcv(int id, void *message, size_t size, long type, int flags)
{
	const ssize_t length = REAL(msgrcv)(id, message, size, type, flags);

	if (mutant_is_active() && length == -1 && errno == ENOMSG && !(flags & MSG_COPY))
		errno = EAGAIN;
	return length;
}
