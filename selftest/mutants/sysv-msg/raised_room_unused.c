/*
 * msgctl(IPC_SET) that raises msg_qbytes reports success and leaves it.
 */
#include "sysv_msg.h"

int msgctl(int id, int command, struct msqid_ds *status)
{
	const msglen_t before = look(id).msg_qbytes;

	if (!mutant_is_active() || command != IPC_SET ||
		!is_readable(status, sizeof(*status)))
		return REAL(msgctl)(id, command, status);
	struct msqid_ds wanted = *status;
	if (wanted.msg_qbytes > before)
		wanted.msg_qbytes = before;
	return REAL(msgctl)(id, command, &wanted);
}
