/*
 * MSG_INFO gives what IPC_INFO gives.
 */
#include "sysv_msg.h"

int msgctl(int id, int command, struct msqid_ds *status)
{
	return REAL(msgctl)(id,
		mutant_is_active() && command == MSG_INFO ? IPC_INFO : command, status);
}
