/*
 * A change of msgmnb changes the queues that exist.
 */
#include "sysv_msg.h"

int msgctl(int id, int command, struct msqid_ds *status)
{
	const int result = REAL(msgctl)(id, command, status);

	if (result == 0 && mutant_is_active() && command == IPC_STAT &&
		status->msg_qbytes > (msglen_t)look_at_limits().msgmnb)
		status->msg_qbytes = (msglen_t)look_at_limits().msgmnb;
	return result;
}
