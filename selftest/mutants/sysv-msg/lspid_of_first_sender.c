/*
 * msg_lspid stays at the process that sent first.
 */
#include "sysv_msg.h"

int msgctl(int id, int command, struct msqid_ds *status)
{
	const int result = REAL(msgctl)(id, command, status);
	_Atomic long *const first = mutant_shared() + (id & 0x3ff);

	if (result == -1 || !mutant_is_active() || command != IPC_STAT)
		return result;
	if (*first == 0)
		*first = status->msg_lspid;
	status->msg_lspid = (pid_t)*first;
	return result;
}
