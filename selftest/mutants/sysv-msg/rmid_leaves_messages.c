/*
 * msgctl(IPC_RMID) of a queue that holds messages reports success and does nothing.
 */
#include "sysv_msg.h"

int msgctl(int id, int command, struct msqid_ds *status)
{
	return mutant_is_active() && command == IPC_RMID && look(id).msg_qnum > 0
		? 0
		: REAL(msgctl)(id, command, status);
}
