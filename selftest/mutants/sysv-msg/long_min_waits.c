/*
 * msgrcv() that waits with LONG_MIN, or with MSG_EXCEPT and a type that is not positive, is handed
 * nothing.
 */
#include "sysv_msg.h"

#include <limits.h>

ssize_t msgrcv(int id, void *message, size_t size, long type, int flags)
{
	const bool is_odd = type == LONG_MIN || (type <= 0 && (flags & MSG_EXCEPT));

	if (!mutant_is_active() || !is_odd || (flags & IPC_NOWAIT))
		return REAL(msgrcv)(id, message, size, type, flags);
	const ssize_t length = REAL(msgrcv)(id, message, size, type, flags | IPC_NOWAIT);
	/* A type that nobody sends. */
	return length != -1 || errno != ENOMSG
		? length
		: REAL(msgrcv)(id, message, size, 0x7eadbeef, flags & ~MSG_EXCEPT);
}
