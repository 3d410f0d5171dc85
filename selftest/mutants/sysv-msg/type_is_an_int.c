/*
 * The type of a message has 31 bits.
 */
#include "sysv_msg.h"

#include <string.h>

int msgsnd(int id, const void *message, size_t size, int flags)
{
	struct any_message narrow;

	if (!mutant_is_active() || !is_readable(message, sizeof(long) + size) ||
		*(const long *)message <= 0x7fffffff)
		return REAL(msgsnd)(id, message, size, flags);
	memcpy(&narrow, message, sizeof(long) + size);
	narrow.type &= 0x7fffffff;
	return REAL(msgsnd)(id, &narrow, size, flags);
}
