/*
 * msgrcv() of 23 bytes counts those of the type, too.
 */
#include "sysv_msg.h"

ssize_t msgrcv(int id, void *message, size_t size, long type, int flags)
{
	const ssize_t length = REAL(msgrcv)(id, message, size, type, flags);

	return length == 23 && mutant_is_active() ? length + (ssize_t)sizeof(long)
						  : length;
}
