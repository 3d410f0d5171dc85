/*
 * msgctl(IPC_SET) has lowered msg_qbytes when it finds that the caller may not, or that there is
 * no such user.
 */
#include "sysv_msg.h"

int msgctl(int id, int command, struct msqid_ds *status)
{
	const int result = REAL(msgctl)(id, command, status);

	if (!mutant_is_active() || id < 0)
		return result;
	_Atomic long *const lowered = &mutant_shared()[id % MUTANT_SLOTS];
	if (result == -1 && command == IPC_SET && (errno == EPERM || errno == EINVAL) &&
		status->msg_qbytes < look(id).msg_qbytes)
		*lowered = (long)status->msg_qbytes;
	if (result == 0 && command == IPC_STAT && *lowered != 0)
		status->msg_qbytes = (msglen_t)*lowered;
	return result;
}
