/*
 * msgget() without IPC_CREAT creates what there is not.
 */
#include "mutant.h"

#include <sys/ipc.h>
#include <sys/msg.h>

int msgget(key_t key, int flags)
{
	return REAL(msgget)(key, mutant_is_active() ? flags | IPC_CREAT : flags);
}
