/*
 * MSG_COPY into too small a buffer gives what fits.
 */
#include "sysv_msg.h"

ssize_t msgrcv(int id, void *message, size_t size, long type, int flags)
{
	const ssize_t result = REAL(msgrcv)(id, message, size, type, flags);

	return result == -1 && errno == E2BIG && flags & MSG_COPY && mutant_is_active()
		? (ssize_t)size
		: result;
}
