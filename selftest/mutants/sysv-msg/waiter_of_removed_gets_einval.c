/*
 * Who waits on a queue that is removed gets EINVAL, as who comes later.
 */
#include "sysv_msg.h"

ssize_t msgrcv(int id, void *message, size_t size, long type, int flags)
{
	const ssize_t length = REAL(msgrcv)(id, message, size, type, flags);

	if (length == -1 && errno == EIDRM && mutant_is_active())
		errno = EINVAL;
	return length;
}

int msgsnd(int id, const void *message, size_t size, int flags)
{
	const int result = REAL(msgsnd)(id, message, size, flags);

	if (result == -1 && errno == EIDRM && mutant_is_active())
		errno = EINVAL;
	return result;
}
