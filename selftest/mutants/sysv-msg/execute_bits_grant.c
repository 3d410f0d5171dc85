/*
 * The execute bits allow to send.
 */
#include "sysv_msg.h"

int msgsnd(int id, const void *message, size_t size, int flags)
{
	const int result = REAL(msgsnd)(id, message, size, flags);

	if (result == 0 || errno != EACCES || !mutant_is_active())
		return result;
	return look(id).msg_perm.mode & 0111 ? 0 : -1;
}
