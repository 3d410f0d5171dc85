/*
 * msgrcv() of no bytes does not tell the type.
 */
#include "mutant.h"

#include <sys/ipc.h>
#include <sys/msg.h>

ssize_t msgrcv(int id, void *message, size_t size, long type, int flags)
{
	struct {
		long type;
		char text[64];
	} unused;

	return REAL(msgrcv)(id, mutant_is_active() && size == 0 ? &unused : message, size,
		type, flags);
}
