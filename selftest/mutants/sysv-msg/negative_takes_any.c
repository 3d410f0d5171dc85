/*
 * msgrcv() with a negative msgtyp takes any message, as with 0.
 */
#include "sysv_msg.h"

ssize_t msgrcv(int id, void *message, size_t size, long type, int flags)
{
	if (mutant_is_active() && type < 0 && !(flags & MSG_COPY))
		type = 0;
	return REAL(msgrcv)(id, message, size, type, flags);
}
