/*
 * A queue is full only when it holds msg_qbytes bytes: the last message may be larger than the
 * room that is left.
 */
#include "sysv_msg.h"

int msgsnd(int id, const void *message, size_t size, int flags)
{
	struct msqid_ds status = look(id), roomy = status;

	if (!mutant_is_active() || status.msg_cbytes >= status.msg_qbytes ||
		status.msg_cbytes + size <= status.msg_qbytes)
		return REAL(msgsnd)(id, message, size, flags);
	roomy.msg_qbytes = status.msg_cbytes + size;
	(void)REAL(msgctl)(id, IPC_SET, &roomy);
	const int result = REAL(msgsnd)(id, message, size, flags);
	(void)REAL(msgctl)(id, IPC_SET, &status);
	return result;
}
