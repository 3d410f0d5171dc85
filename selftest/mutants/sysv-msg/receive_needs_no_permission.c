/*
 * msgrcv() without read permission finds nothing, as if it had looked.
 */
#include "mutant.h"

#include <errno.h>
#include <sys/ipc.h>
#include <sys/msg.h>

ssize_t msgrcv(int id, void *message, size_t size, long type, int flags)
{
	const ssize_t result = REAL(msgrcv)(id, message, size, type, flags);

	if (result == -1 && errno == EACCES && mutant_is_active())
		errno = ENOMSG;
	return result;
}
