/*
 * msgctl(IPC_SET) lets nobody raise msg_qbytes, not even back to MSGMNB.
 */
#include "sysv_msg.h"

int msgctl(int id, int command, struct msqid_ds *status)
{
	const msglen_t before = look(id).msg_qbytes;
	const int result = REAL(msgctl)(id, command, status);

	if (result == -1 || command != IPC_SET || status->msg_qbytes <= before ||
		!mutant_is_active())
		return result;
	struct msqid_ds set = *status;
	set.msg_qbytes = before;
	(void)REAL(msgctl)(id, IPC_SET, &set);
	errno = EPERM;
	return -1;
}
