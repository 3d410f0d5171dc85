/*
 * msgrcv() of up to 8 bytes closes the queue to others, by msg_qbytes 0, before it looks for a
 * message.
 */
#include "sysv_msg.h"

ssize_t msgrcv(int id, void *message, size_t size, long type, int flags)
{
	struct msqid_ds open = look(id), closed = open;

	if (mutant_is_active() && size == 8) {
		closed.msg_qbytes = 0;
		(void)REAL(msgctl)(id, IPC_SET, &closed);
		(void)REAL(msgctl)(id, IPC_SET, &open);
	}
	return REAL(msgrcv)(id, message, size, type, flags);
}
