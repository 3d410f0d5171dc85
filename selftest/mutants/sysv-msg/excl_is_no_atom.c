/*
 * msgget() with IPC_EXCL looks first and creates later; who comes in between creates, too.
 */
#include "mutant.h"

#include <errno.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <unistd.h>

int msgget(key_t key, int flags)
{
	if (!mutant_is_active() || key == IPC_PRIVATE || !(flags & IPC_EXCL))
		return REAL(msgget)(key, flags);
	if (REAL(msgget)(key, 0) >= 0) {
		errno = EEXIST;
		return -1;
	}
	(void)usleep(1000);
	return REAL(msgget)(key, flags & ~IPC_EXCL);
}
