/*
 * msg_cbytes counts the types of the messages, too.
 */
#include "sysv_msg.h"

int msgctl(int id, int command, struct msqid_ds *status)
{
	const int result = REAL(msgctl)(id, command, status);

	if (result != -1 && mutant_is_active() &&
		(command == IPC_STAT || command == MSG_STAT))
		status->msg_cbytes += status->msg_qnum * sizeof(long);
	return result;
}
