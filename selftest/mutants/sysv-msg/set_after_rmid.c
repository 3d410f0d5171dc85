/*
 * msgctl(IPC_SET) of a queue that was removed says yes.
 */
#include "sysv_msg.h"

int msgctl(int id, int command, struct msqid_ds *status)
{
	const int result = REAL(msgctl)(id, command, status);

	if (!mutant_is_active() || id < 0)
		return result;
	_Atomic long *const removed = &mutant_shared()[id % MUTANT_SLOTS];
	if (result == 0 && command == IPC_RMID)
		*removed = id + 1L;
	return result == -1 && errno == EINVAL && command == IPC_SET &&
			*removed == id + 1L
		? 0
		: result;
}
