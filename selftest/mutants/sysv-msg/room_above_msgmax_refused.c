/*
 * msgrcv() refuses a msgsz above MSGMAX.
 */
#include "sysv_msg.h"

ssize_t msgrcv(int id, void *message, size_t size, long type, int flags)
{
	if (mutant_is_active() && size > (size_t)look_at_limits().msgmax && size > 64) {
		errno = EINVAL;
		return -1;
	}
	return REAL(msgrcv)(id, message, size, type, flags);
}
