/*
 * msgsnd() waits for room although it was told not to.
 */
#include "sysv_msg.h"

int msgsnd(int id, const void *message, size_t size, int flags)
{
	return REAL(msgsnd)(id, message, size, mutant_is_active() ? 0 : flags);
}
