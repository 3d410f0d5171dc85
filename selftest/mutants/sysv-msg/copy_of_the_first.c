/*
 * MSG_COPY of a position without a message copies the first.
 */
#include "sysv_msg.h"

ssize_t msgrcv(int id, void *message, size_t size, long type, int flags)
{
	const ssize_t result = REAL(msgrcv)(id, message, size, type, flags);

	if (result != -1 || errno != ENOMSG || !mutant_is_active() || !(flags & MSG_COPY))
		return result;
	return REAL(msgrcv)(id, message, size, 0, flags);
}
