/*
 * MSG_COPY puts the caller into msg_lrpid and the time into msg_rtime: it takes the message,
 * and puts it back.
 */
#include "sysv_msg.h"

ssize_t msgrcv(int id, void *message, size_t size, long type, int flags)
{
	struct any_message moved;

	if (!mutant_is_active() || !(flags & MSG_COPY))
		return REAL(msgrcv)(id, message, size, type, flags);
	const ssize_t length = REAL(msgrcv)(id, message, size, type, flags);
	for (msgqnum_t left = look(id).msg_qnum; length != -1 && left > 0; left--) {
		const ssize_t got =
			REAL(msgrcv)(id, &moved, sizeof(moved.text), 0, IPC_NOWAIT);
		if (got >= 0)
			(void)REAL(msgsnd)(id, &moved, (size_t)got, IPC_NOWAIT);
	}
	return length;
}
