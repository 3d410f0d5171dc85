/*
 * msgrcv() does not know MSG_EXCEPT.
 */
#include "sysv_msg.h"

ssize_t msgrcv(int id, void *message, size_t size, long type, int flags)
{
	return REAL(msgrcv)(id, message, size, type,
		mutant_is_active() && !(flags & MSG_COPY) ? flags & ~MSG_EXCEPT : flags);
}
