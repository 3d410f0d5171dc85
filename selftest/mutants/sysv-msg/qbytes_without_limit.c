/*
 * msgctl(IPC_SET) says yes to any msg_qbytes.
 */
#include "sysv_msg.h"

int msgctl(int id, int command, struct msqid_ds *status)
{
	const int result = REAL(msgctl)(id, command, status);

	if (result != -1 || errno != EPERM || command != IPC_SET || !mutant_is_active())
		return result;
	return status->msg_qbytes > (msglen_t)look_at_limits().msgmnb ? 0 : -1;
}
