/*
 * msgrcv() refuses MSG_EXCEPT with a msgtyp that is not positive.
 */
#include "sysv_msg.h"

ssize_t msgrcv(int id, void *message, size_t size, long type, int flags)
{
	if (mutant_is_active() && type <= 0 && flags & MSG_EXCEPT) {
		errno = EINVAL;
		return -1;
	}
	return REAL(msgrcv)(id, message, size, type, flags);
}
