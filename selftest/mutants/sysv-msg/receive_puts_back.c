/*
 * msgrcv() of up to 8 bytes takes a second message out while it looks at the first, and puts it
 * back.
 */
#include "sysv_msg.h"

ssize_t msgrcv(int id, void *message, size_t size, long type, int flags)
{
	struct any_message second;
	const ssize_t length = REAL(msgrcv)(id, message, size, type, flags);

	if (!mutant_is_active() || length == -1 || size != 8)
		return length;
	const ssize_t got = REAL(msgrcv)(id, &second, sizeof(second.text), 0, IPC_NOWAIT);
	if (got >= 0)
		(void)REAL(msgsnd)(id, &second, (size_t)got, IPC_NOWAIT);
	return length;
}
