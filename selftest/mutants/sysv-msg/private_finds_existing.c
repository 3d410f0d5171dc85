/*
 * msgget(IPC_PRIVATE) gives the private queue that there is.
 */
#include "mutant.h"

#include <sys/ipc.h>
#include <sys/msg.h>

int msgget(key_t key, int flags)
{
	struct msqid_ds status;
	int id;

	if (!mutant_is_active() || key != IPC_PRIVATE)
		return REAL(msgget)(key, flags);
	id = (int)*mutant_shared() - 1;
	if (id == -1 || REAL(msgctl)(id, IPC_STAT, &status) == -1)
		id = REAL(msgget)(key, flags);
	*mutant_shared() = id + 1;
	return id;
}
