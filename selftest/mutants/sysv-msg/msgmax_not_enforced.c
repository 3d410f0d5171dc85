/*
 * msgsnd() of more than MSGMAX bytes says that it sent.
 */
#include "sysv_msg.h"

int msgsnd(int id, const void *message, size_t size, int flags)
{
	const int result = REAL(msgsnd)(id, message, size, flags);

	if (result == 0 || errno != EINVAL || !mutant_is_active())
		return result;
	return size > (size_t)look_at_limits().msgmax ? 0 : -1;
}
