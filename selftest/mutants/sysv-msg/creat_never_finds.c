/*
 * msgget() with IPC_CREAT makes a new queue although the key has one.
 */
#include "mutant.h"

#include <sys/ipc.h>
#include <sys/msg.h>

int msgget(key_t key, int flags)
{
	const bool is_there = mutant_is_active() && key != IPC_PRIVATE &&
		(flags & (IPC_CREAT | IPC_EXCL)) == IPC_CREAT &&
		REAL(msgget)(key, 0) >= 0;

	return REAL(msgget)(is_there ? IPC_PRIVATE : key, flags);
}
