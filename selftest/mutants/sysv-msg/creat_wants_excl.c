/*
 * msgget(IPC_CREAT) makes a queue for a key only together with IPC_EXCL.
 */
#include "mutant.h"

#include <sys/ipc.h>
#include <sys/msg.h>

int msgget(key_t key, int flags)
{
	if (mutant_is_active() && key != IPC_PRIVATE && !(flags & IPC_EXCL))
		flags &= ~IPC_CREAT;
	return REAL(msgget)(key, flags);
}
