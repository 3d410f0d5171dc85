/*
 * msgctl(IPC_SET) leaves msg_ctime as it was.
 */
#include "sysv_msg.h"

int msgctl(int id, int command, struct msqid_ds *status)
{
	if (!mutant_is_active() || id < 0)
		return REAL(msgctl)(id, command, status);
	_Atomic long *const before = &mutant_shared()[id % MUTANT_SLOTS];
	if (command == IPC_SET && *before == 0)
		*before = look(id).msg_ctime;
	const int result = REAL(msgctl)(id, command, status);
	if (result == 0 && command == IPC_STAT && *before != 0)
		status->msg_ctime = *before;
	return result;
}
