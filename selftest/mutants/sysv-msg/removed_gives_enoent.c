/*
 * msgrcv(), msgsnd() and msgctl() of a queue that was removed give ENOENT.
 */
#include "sysv_msg.h"

/* The last queue that was removed, plus one. */
static bool is_removed(int id)
{
	const bool is = mutant_is_active() && id >= 0 && *mutant_shared() == id + 1;

	if (is)
		errno = ENOENT;
	return is;
}

ssize_t msgrcv(int id, void *message, size_t size, long type, int flags)
{
	return is_removed(id) ? -1 : REAL(msgrcv)(id, message, size, type, flags);
}

int msgsnd(int id, const void *message, size_t size, int flags)
{
	return is_removed(id) ? -1 : REAL(msgsnd)(id, message, size, flags);
}

int msgctl(int id, int command, struct msqid_ds *status)
{
	if ((command == IPC_RMID || command == IPC_STAT || command == IPC_SET) &&
		is_removed(id))
		return -1;
	const int result = REAL(msgctl)(id, command, status);
	if (result == 0 && command == IPC_RMID && mutant_is_active())
		*mutant_shared() = id + 1;
	return result;
}
