/*
 * msgget() of a new image does not find the queues that were made before it.
 */
#include "mutant.h"

#include <errno.h>
#include <sys/ipc.h>
#include <sys/msg.h>

int msgget(key_t key, int flags)
{
	static bool has_created; /* kept by a fork, not by an exec */

	has_created = has_created || flags & IPC_CREAT;
	if (mutant_is_active() && !has_created && key != IPC_PRIVATE) {
		errno = ENOENT;
		return -1;
	}
	return REAL(msgget)(key, flags);
}
