/*
 * The umask takes bits from the mode of a new queue.
 */
#include "mutant.h"

#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/stat.h>

int msgget(key_t key, int flags)
{
	mode_t mask = 0;

	if (mutant_is_active() && flags & IPC_CREAT) {
		mask = umask(0);
		(void)umask(mask);
	}
	return REAL(msgget)(key, flags & ~(int)mask);
}
