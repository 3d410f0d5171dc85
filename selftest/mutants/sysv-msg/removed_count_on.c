/*
 * Queues that were removed go on counting against msgmni.
 */
#include "sysv_msg.h"

#include <stddef.h>

int msgget(key_t key, int flags)
{
	struct msginfo limits;
	const int id = REAL(msgget)(key, flags);

	if (id == -1 || !mutant_is_active() || !(flags & IPC_CREAT))
		return id;
	(void)REAL(msgctl)(0, IPC_INFO, (struct msqid_ds *)(void *)&limits);
	if (++*mutant_shared() <= limits.msgmni)
		return id;
	(void)REAL(msgctl)(id, IPC_RMID, NULL);
	errno = ENOSPC;
	return -1;
}
