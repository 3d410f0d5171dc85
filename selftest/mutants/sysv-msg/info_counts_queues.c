/*
 * IPC_INFO and MSG_INFO return one less than the number of queues.
 */
#include "sysv_msg.h"

int msgctl(int id, int command, struct msqid_ds *status)
{
	struct msginfo info;
	const int result = REAL(msgctl)(id, command, status);

	if (result < 1 || !mutant_is_active() ||
		(command != IPC_INFO && command != MSG_INFO))
		return result;
	(void)REAL(msgctl)(0, MSG_INFO, (struct msqid_ds *)(void *)&info);
	return info.msgpool - 1;
}
