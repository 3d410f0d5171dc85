/*
 * msgctl(IPC_SET) of fewer bytes than the queue holds throws messages away.
 */
#include "sysv_msg.h"

int msgctl(int id, int command, struct msqid_ds *status)
{
	struct {
		long type;
		char text[8192];
	} dropped;
	const int result = REAL(msgctl)(id, command, status);

	while (result == 0 && mutant_is_active() && command == IPC_SET &&
		look(id).__msg_cbytes > status->msg_qbytes)
		if (REAL(msgrcv)(id, &dropped, sizeof(dropped.text), 0, IPC_NOWAIT) == -1)
			break;
	return result;
}
