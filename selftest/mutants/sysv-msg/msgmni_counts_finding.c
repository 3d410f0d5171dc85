/*
 * With as many queues as msgmni allows none is found any more.
 */
#include "sysv_msg.h"

int msgget(key_t key, int flags)
{
	struct msginfo used;

	(void)REAL(msgctl)(0, MSG_INFO, (struct msqid_ds *)(void *)&used);
	if (mutant_is_active() && flags & IPC_CREAT && used.msgpool >= used.msgmni) {
		errno = ENOSPC;
		return -1;
	}
	return REAL(msgget)(key, flags);
}
