/*
 * msgget(IPC_PRIVATE) with IPC_EXCL wants IPC_CREAT, too.
 */
#include "sysv_msg.h"

int msgget(key_t key, int flags)
{
	if (mutant_is_active() && key == IPC_PRIVATE &&
		(flags & (IPC_CREAT | IPC_EXCL)) == IPC_EXCL) {
		errno = ENOENT;
		return -1;
	}
	return REAL(msgget)(key, flags);
}
