/*
 * msg_qnum is the highest number of messages that the queue ever had.
 */
#include "sysv_msg.h"

int msgctl(int id, int command, struct msqid_ds *status)
{
	const int result = REAL(msgctl)(id, command, status);

	if (result == -1 || !mutant_is_active() || command != IPC_STAT)
		return result;
	_Atomic long *const highest = mutant_shared() + id % MUTANT_SLOTS;
	if (*highest < (long)status->msg_qnum)
		*highest = (long)status->msg_qnum;
	status->msg_qnum = (msgqnum_t)*highest;
	return result;
}
