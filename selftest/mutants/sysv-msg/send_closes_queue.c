/*
 * msgsnd() of 8 bytes closes the queue to others, by msg_qbytes 0, before it looks for room.
 */
#include "sysv_msg.h"

int msgsnd(int id, const void *message, size_t size, int flags)
{
	struct msqid_ds open = look(id), closed = open;

	if (mutant_is_active() && size == 8) {
		closed.msg_qbytes = 0;
		(void)REAL(msgctl)(id, IPC_SET, &closed);
		(void)REAL(msgctl)(id, IPC_SET, &open);
	}
	return REAL(msgsnd)(id, message, size, flags);
}
