/*
 * msgget() without permission bits asks for read permission.
 */
#include "mutant.h"

#include <sys/ipc.h>
#include <sys/msg.h>

int msgget(key_t key, int flags)
{
	const bool asks = mutant_is_active() && !(flags & (0777 | IPC_CREAT));

	return REAL(msgget)(key, asks ? flags | 0444 : flags);
}
