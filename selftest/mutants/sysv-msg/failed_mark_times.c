/*
 * msgsnd() and msgrcv() that fail set msg_stime and msg_rtime all the same.
 */
#include "sysv_msg.h"

#include <time.h>

enum { SENT = 0, RECEIVED = 512 };

static _Atomic long *place_of(int kind, int id)
{
	return mutant_shared() + kind + (id & 0x1ff);
}

static void mark(int kind, int id)
{
	const int saved = errno;

	if (mutant_is_active())
		*place_of(kind, id) = (long)time(NULL);
	errno = saved;
}

int msgsnd(int id, const void *message, size_t size, int flags)
{
	const int result = REAL(msgsnd)(id, message, size, flags);

	if (result == -1)
		mark(SENT, id);
	return result;
}

ssize_t msgrcv(int id, void *message, size_t size, long type, int flags)
{
	const ssize_t length = REAL(msgrcv)(id, message, size, type, flags);

	if (length == -1)
		mark(RECEIVED, id);
	return length;
}

int msgctl(int id, int command, struct msqid_ds *status)
{
	const int result = REAL(msgctl)(id, command, status);

	if (result == -1 || !mutant_is_active() || command != IPC_STAT)
		return result;
	if (*place_of(SENT, id) > status->msg_stime)
		status->msg_stime = *place_of(SENT, id);
	if (*place_of(RECEIVED, id) > status->msg_rtime)
		status->msg_rtime = *place_of(RECEIVED, id);
	return result;
}
