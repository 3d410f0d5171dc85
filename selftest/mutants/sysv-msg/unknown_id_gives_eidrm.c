/*
 * A queue that never was counts as removed.
 */
#include "mutant.h"

#include <errno.h>
#include <sys/ipc.h>
#include <sys/msg.h>

/* Whether ID cannot be that of a queue; errno is EIDRM then. */
static bool is_impossible(int id)
{
	const bool is = mutant_is_active() && (id < 0 || id == 0x7fffffff);

	if (is)
		errno = EIDRM;
	return is;
}

int msgsnd(int id, const void *message, size_t size, int flags)
{
	return is_impossible(id) ? -1 : REAL(msgsnd)(id, message, size, flags);
}

ssize_t msgrcv(int id, void *message, size_t size, long type, int flags)
{
	return is_impossible(id) ? -1 : REAL(msgrcv)(id, message, size, type, flags);
}

int msgctl(int id, int command, struct msqid_ds *status)
{
	return is_impossible(id) ? -1 : REAL(msgctl)(id, command, status);
}
