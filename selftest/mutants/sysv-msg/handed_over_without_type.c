/*
 * A message for which the receiver waits comes with the type that it asked for, or 1, unless it
 * has 24 bytes.
 */
#include "sysv_msg.h"

ssize_t msgrcv(int id, void *message, size_t size, long type, int flags)
{
	bool waited;

	if (!mutant_is_active())
		return REAL(msgrcv)(id, message, size, type, flags);
	const ssize_t length = receive_waiting(id, message, size, type, flags, &waited);
	if (waited && length >= 0 && length != 24 && type <= 0)
		((struct any_message *)message)->type = 1;
	return length;
}
