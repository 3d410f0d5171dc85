/*
 * msgsnd() of 8 bytes where there is a message first sends the half to have a place, and then
 * puts the whole there.
 */
#include "sysv_msg.h"

int msgsnd(int id, const void *message, size_t size, int flags)
{
	struct any_message half;

	if (mutant_is_active() && size == 8 && look(id).msg_qnum > 0 &&
		REAL(msgsnd)(id, message, size / 2, flags | IPC_NOWAIT) == 0)
		(void)REAL(msgrcv)(id, &half, sizeof(half.text), *(const long *)message,
			IPC_NOWAIT);
	return REAL(msgsnd)(id, message, size, flags);
}
