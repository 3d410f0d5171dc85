/*
 * msgctl(IPC_RMID) of a queue on which somebody waits reports success and wakes nobody.
 */
#include "sysv_msg_waiting.h"

int msgctl(int id, int command, struct msqid_ds *status)
{
	for (int i = 0; mutant_is_active() && command == IPC_RMID && i < WAITERS; i++)
		if (waiting_at(i, id, false) || waiting_at(i, id, true))
			return 0;
	return REAL(msgctl)(id, command, status);
}

ssize_t msgrcv(int id, void *message, size_t size, long type, int flags)
{
	return waiting_receive(id, message, size, type, flags);
}

int msgsnd(int id, const void *message, size_t size, int flags)
{
	return waiting_send(id, message, size, flags);
}
