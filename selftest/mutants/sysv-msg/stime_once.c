/*
 * Only the first msgsnd() and msgrcv() on a queue set msg_stime and msg_rtime.
 */
#include "sysv_msg.h"

enum { SENT = 0, RECEIVED = 512 };

/* The first time that was seen. */
static time_t first(int kind, int id, time_t now)
{
	_Atomic long *const seen = mutant_shared() + kind + (id & 0x1ff);

	if (*seen == 0)
		*seen = now;
	return *seen;
}

int msgctl(int id, int command, struct msqid_ds *status)
{
	const int result = REAL(msgctl)(id, command, status);

	if (result == -1 || !mutant_is_active() || command != IPC_STAT)
		return result;
	status->msg_stime = first(SENT, id, status->msg_stime);
	status->msg_rtime = first(RECEIVED, id, status->msg_rtime);
	return result;
}
