/*
 * There may be any number of queues.
 */
#include "mutant.h"

#include <errno.h>
#include <sys/ipc.h>
#include <sys/msg.h>

int msgget(key_t key, int flags)
{
	const int id = REAL(msgget)(key, flags);

	return id == -1 && errno == ENOSPC && mutant_is_active() ? 4711 : id;
}
