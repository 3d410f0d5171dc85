/*
 * A message of 8192 bytes for which the receiver waits is cut after a page.
 */
#include "sysv_msg.h"

ssize_t msgrcv(int id, void *message, size_t size, long type, int flags)
{
	bool waited;

	if (!mutant_is_active())
		return REAL(msgrcv)(id, message, size, type, flags);
	const ssize_t length = receive_waiting(id, message, size, type, flags, &waited);
	return waited && length == 8192 ? 4096 : length;
}
