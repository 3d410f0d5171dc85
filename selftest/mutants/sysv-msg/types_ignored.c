/*
 * msgrcv() with a positive msgtyp takes the first message, of whatever type.
 */
#include "sysv_msg.h"

ssize_t msgrcv(int id, void *message, size_t size, long type, int flags)
{
	if (mutant_is_active() && type > 0 && !(flags & (MSG_EXCEPT | MSG_COPY)))
		type = 0;
	return REAL(msgrcv)(id, message, size, type, flags);
}
