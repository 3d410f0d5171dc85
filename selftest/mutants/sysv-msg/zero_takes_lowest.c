/*
 * msgrcv() with msgtyp 0 takes the message of the lowest type first.
 */
#include "sysv_msg.h"

#include <limits.h>

ssize_t msgrcv(int id, void *message, size_t size, long type, int flags)
{
	if (mutant_is_active() && type == 0 && !(flags & MSG_COPY))
		type = -LONG_MAX;
	return REAL(msgrcv)(id, message, size, type, flags);
}
