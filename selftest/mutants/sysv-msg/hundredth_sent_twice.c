/*
 * Every hundredth message of a sender is sent twice.
 */
#include "sysv_msg.h"

int msgsnd(int id, const void *message, size_t size, int flags)
{
	static unsigned sent;
	const int result = REAL(msgsnd)(id, message, size, flags);

	if (result == 0 && mutant_is_active() && ++sent % 100 == 0)
		return REAL(msgsnd)(id, message, size, flags);
	return result;
}
