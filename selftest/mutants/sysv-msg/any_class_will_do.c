/*
 * A permission of any class, also of one that the caller is not in, is enough to send.
 */
#include "sysv_msg.h"

int msgsnd(int id, const void *message, size_t size, int flags)
{
	const int result = REAL(msgsnd)(id, message, size, flags);

	if (result == 0 || errno != EACCES || !mutant_is_active())
		return result;
	return look(id).msg_perm.mode & 0222 ? 0 : -1;
}
