/*
 * msg_qbytes of a new queue is MSGMAX.
 */
#include "mutant.h"

#include "sysv_msg.h"

int msgget(key_t key, int flags)
{
	const bool is_new =
		mutant_is_active() && key != IPC_PRIVATE && REAL(msgget)(key, 0) == -1;
	const int id = REAL(msgget)(key, flags);
	struct msqid_ds status;

	if (id == -1 || !is_new)
		return id;
	status = look(id);
	status.msg_qbytes = (msglen_t)look_at_limits().msgmax;
	(void)REAL(msgctl)(id, IPC_SET, &status);
	return id;
}
