/*
 * Who waits on a queue needs permission when the wait begins, not when it ends.
 */
#include "sysv_msg_waiting.h"

int msgctl(int id, int command, struct msqid_ds *status)
{
	bool somebody_waits = false;

	for (int i = 0; mutant_is_active() && command == IPC_SET && i < WAITERS; i++)
		if (waiting_at(i, id, false) || waiting_at(i, id, true))
			somebody_waits = true;
	if (!somebody_waits)
		return REAL(msgctl)(id, command, status);
	struct msqid_ds wanted = *status;
	wanted.msg_perm.mode = look(id).msg_perm.mode;
	return REAL(msgctl)(id, command, &wanted);
}

ssize_t msgrcv(int id, void *message, size_t size, long type, int flags)
{
	return waiting_receive(id, message, size, type, flags);
}

int msgsnd(int id, const void *message, size_t size, int flags)
{
	return waiting_send(id, message, size, flags);
}
