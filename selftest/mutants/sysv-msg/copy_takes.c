/*
 * MSG_COPY takes the first message.
 */
#include "sysv_msg.h"

ssize_t msgrcv(int id, void *message, size_t size, long type, int flags)
{
	const bool takes = mutant_is_active() &&
		(flags & (MSG_COPY | IPC_NOWAIT | MSG_EXCEPT)) == (MSG_COPY | IPC_NOWAIT);

	if (takes && type >= 0 && type < (long)look(id).msg_qnum)
		return REAL(msgrcv)(id, message, size, 0, flags & ~MSG_COPY);
	return REAL(msgrcv)(id, message, size, type, flags);
}
