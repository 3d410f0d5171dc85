/*
 * A short message is given to each of the receivers that wait.
 */
#include "sysv_msg_waiting.h"

int msgsnd(int id, const void *message, size_t size, int flags)
{
	int waiting = 0, result;

	for (int i = 0; mutant_is_active() && size < 8 && i < WAITERS; i++)
		waiting += waiting_at(i, id, false) != 0;
	do
		result = REAL(msgsnd)(id, message, size, flags);
	while (--waiting > 0 && result == 0);
	return result;
}

ssize_t msgrcv(int id, void *message, size_t size, long type, int flags)
{
	return waiting_receive(id, message, size, type, flags);
}
