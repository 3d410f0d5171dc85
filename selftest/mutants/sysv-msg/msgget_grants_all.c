/*
 * msgget() gives a queue that is there whatever permissions are asked for.
 */
#include "mutant.h"

#include <errno.h>
#include <sys/ipc.h>
#include <sys/msg.h>

int msgget(key_t key, int flags)
{
	const int id = REAL(msgget)(key, flags);

	return id == -1 && errno == EACCES && mutant_is_active() ? REAL(msgget)(key, 0)
								 : id;
}
