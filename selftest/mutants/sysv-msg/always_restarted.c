/*
 * msgrcv() and msgsnd() are restarted after every handler.
 */
#include "sysv_msg.h"

ssize_t msgrcv(int id, void *message, size_t size, long type, int flags)
{
	ssize_t length;

	do
		length = REAL(msgrcv)(id, message, size, type, flags);
	while (mutant_is_active() && length == -1 && errno == EINTR);
	return length;
}

int msgsnd(int id, const void *message, size_t size, int flags)
{
	int result;

	do
		result = REAL(msgsnd)(id, message, size, flags);
	while (mutant_is_active() && result == -1 && errno == EINTR);
	return result;
}
