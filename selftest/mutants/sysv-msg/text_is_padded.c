/*
 * msgrcv() into a buffer of whole words gives three bytes as a word.
 */
#include "sysv_msg.h"

ssize_t msgrcv(int id, void *message, size_t size, long type, int flags)
{
	const ssize_t length = REAL(msgrcv)(id, message, size, type, flags);

	return length == 3 && size % 4 == 0 && mutant_is_active() ? 4 : length;
}
