/*
 * msgget() with IPC_CREAT gives the queue that there is another mode.
 */
#include "mutant.h"

#include <sys/ipc.h>
#include <sys/msg.h>

int msgget(key_t key, int flags)
{
	struct msqid_ds status;
	const int id = REAL(msgget)(key, flags);

	if (id == -1 || !mutant_is_active() || !(flags & IPC_CREAT) || flags & IPC_EXCL ||
		REAL(msgctl)(id, IPC_STAT, &status) == -1)
		return id;
	status.msg_perm.mode = flags & 0777;
	(void)REAL(msgctl)(id, IPC_SET, &status);
	return id;
}
