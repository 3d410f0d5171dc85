/*
 * msgctl(IPC_SET) believes the number of messages and the process ID in its buffer.
 */
#include "sysv_msg.h"

/* Kept for the first queue whose number of messages is said to be another. */
int msgctl(int id, int command, struct msqid_ds *status)
{
	_Atomic long *const kept = mutant_shared();
	const int result = REAL(msgctl)(id, command, status);

	if (result == -1 || !mutant_is_active())
		return result;
	if (command == IPC_SET && status->msg_qnum != look(id).msg_qnum) {
		kept[0] = id + 1;
		kept[1] = (long)status->msg_qnum;
		kept[2] = status->msg_lspid;
	} else if (command == IPC_STAT && kept[0] == id + 1) {
		status->msg_qnum = (msgqnum_t)kept[1];
		status->msg_lspid = (pid_t)kept[2];
	}
	return result;
}
