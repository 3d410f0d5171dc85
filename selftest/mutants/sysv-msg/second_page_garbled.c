/*
 * What does not fit into the first page of a message arrives with a wrong byte.
 */
#include "sysv_msg.h"

ssize_t msgrcv(int id, void *message, size_t size, long type, int flags)
{
	const ssize_t length = REAL(msgrcv)(id, message, size, type, flags);

	if (length > 4048 && mutant_is_active())
		((struct any_message *)message)->text[length - 1] ^= 1;
	return length;
}
