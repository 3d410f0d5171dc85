/*
 * msgget() with IPC_EXCL on a queue that is closed to the caller gives EACCES.
 */
#include "mutant.h"

#include <sys/ipc.h>
#include <sys/msg.h>

int msgget(key_t key, int flags)
{
	if (mutant_is_active() && key != IPC_PRIVATE && flags & IPC_EXCL &&
		REAL(msgget)(key, 0) >= 0 && REAL(msgget)(key, flags & 0777) == -1)
		return -1;
	return REAL(msgget)(key, flags);
}
