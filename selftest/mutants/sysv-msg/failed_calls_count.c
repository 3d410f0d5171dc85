/*
 * msgrcv() and msgsnd() that fail leave their caller in msg_lrpid and msg_lspid.
 */
#include "sysv_msg.h"

#include <unistd.h>

enum { SENDERS = 0, RECEIVERS = 512 };

static _Atomic long *place_of(int kind, int id)
{
	return mutant_shared() + kind + (id & 0x1ff);
}

ssize_t msgrcv(int id, void *message, size_t size, long type, int flags)
{
	const ssize_t length = REAL(msgrcv)(id, message, size, type, flags);

	if (mutant_is_active())
		*place_of(RECEIVERS, id) = length == -1 ? getpid() : 0;
	return length;
}

int msgsnd(int id, const void *message, size_t size, int flags)
{
	const int result = REAL(msgsnd)(id, message, size, flags);

	if (mutant_is_active())
		*place_of(SENDERS, id) = result == -1 ? getpid() : 0;
	return result;
}

int msgctl(int id, int command, struct msqid_ds *status)
{
	const int result = REAL(msgctl)(id, command, status);

	if (result == -1 || !mutant_is_active() || command != IPC_STAT)
		return result;
	if (*place_of(SENDERS, id) != 0)
		status->msg_lspid = (pid_t)*place_of(SENDERS, id);
	if (*place_of(RECEIVERS, id) != 0)
		status->msg_lrpid = (pid_t)*place_of(RECEIVERS, id);
	return result;
}
