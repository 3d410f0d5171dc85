/*
 * msgsnd() of exactly MSGMAX bytes is refused.
 */
#include "sysv_msg.h"

int msgsnd(int id, const void *message, size_t size, int flags)
{
	if (mutant_is_active() && size == (size_t)look_at_limits().msgmax) {
		errno = EINVAL;
		return -1;
	}
	return REAL(msgsnd)(id, message, size, flags);
}
