/*
 * msgrcv() takes a negative msgsz for no limit.
 */
#include "mutant.h"

#include <sys/ipc.h>
#include <sys/msg.h>

ssize_t msgrcv(int id, void *message, size_t size, long type, int flags)
{
	return REAL(msgrcv)(id, message,
		mutant_is_active() && (ssize_t)size < 0 ? 63 : size, type, flags);
}
