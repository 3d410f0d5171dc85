/*
 * A message that is too long for the buffer of its receiver is lost.
 */
#include "mutant.h"

#include <errno.h>
#include <sys/ipc.h>
#include <sys/msg.h>

ssize_t msgrcv(int id, void *message, size_t size, long type, int flags)
{
	const ssize_t result = REAL(msgrcv)(id, message, size, type, flags);

	if (result != -1 || errno != E2BIG || !mutant_is_active())
		return result;
	(void)REAL(msgrcv)(id, message, size, type, IPC_NOWAIT | MSG_NOERROR);
	errno = E2BIG;
	return -1;
}
