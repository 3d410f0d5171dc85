/*
 * A message for which the receiver waits leaves msg_lrpid as it was.
 */
#include "sysv_msg.h"

ssize_t msgrcv(int id, void *message, size_t size, long type, int flags)
{
	const pid_t before = look(id).msg_lrpid;
	bool waited;

	if (!mutant_is_active())
		return REAL(msgrcv)(id, message, size, type, flags);
	const ssize_t length = receive_waiting(id, message, size, type, flags, &waited);
	if (waited && length >= 0)
		mutant_shared()[id % MUTANT_SLOTS] = before + 1;
	return length;
}

int msgctl(int id, int command, struct msqid_ds *status)
{
	const int result = REAL(msgctl)(id, command, status);

	if (result != -1 && mutant_is_active() && command == IPC_STAT &&
		mutant_shared()[id % MUTANT_SLOTS] != 0)
		status->msg_lrpid = (pid_t)mutant_shared()[id % MUTANT_SLOTS] - 1;
	return result;
}
