/*
 * IPC_INFO gives the limits that the kernel was built with.
 */
#include "sysv_msg.h"

int msgctl(int id, int command, struct msqid_ds *status)
{
	const int result = REAL(msgctl)(id, command, status);

	if (result != -1 && mutant_is_active() && command == IPC_INFO) {
		struct msginfo *const info = (struct msginfo *)(void *)status;
		info->msgmax = 8192;
		info->msgmnb = 16384;
		info->msgmni = 32000;
	}
	return result;
}
