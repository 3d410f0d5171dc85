/*
 * Empty messages are not counted against msg_qbytes.
 */
#include "sysv_msg.h"

int msgsnd(int id, const void *message, size_t size, int flags)
{
	struct msqid_ds status = look(id), roomy = status;

	if (!mutant_is_active() || size > 0)
		return REAL(msgsnd)(id, message, size, flags);
	roomy.msg_qbytes += 100;
	(void)REAL(msgctl)(id, IPC_SET, &roomy);
	const int result = REAL(msgsnd)(id, message, size, flags);
	(void)REAL(msgctl)(id, IPC_SET, &status);
	return result;
}
