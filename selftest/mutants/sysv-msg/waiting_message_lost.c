/*
 * A short message whose sender had to wait for room never arrives.
 */
#include "sysv_msg.h"

int msgsnd(int id, const void *message, size_t size, int flags)
{
	struct any_message lost;
	bool waited;

	if (!mutant_is_active() || size >= 24)
		return REAL(msgsnd)(id, message, size, flags);
	const int result = send_waiting(id, message, size, flags, &waited);
	if (waited && result == 0)
		(void)REAL(msgrcv)(id, &lost, sizeof(lost.text), *(const long *)message,
			IPC_NOWAIT);
	return result;
}
