/*
 * msgctl(MSG_INFO) and msgctl(IPC_INFO) return the highest index that was ever in use.
 */
#include "sysv_msg.h"

static void raise_to(int index)
{
	if (mutant_is_active() && mutant_shared()[0] < index)
		mutant_shared()[0] = index;
}

int msgget(key_t key, int flags)
{
	const int id = REAL(msgget)(key, flags);

	raise_to(id == -1 ? 0 : id & INDEX_OF_ID);
	return id;
}

int msgctl(int id, int command, struct msqid_ds *status)
{
	const int result = REAL(msgctl)(id, command, status);

	if (result == -1 || !mutant_is_active() ||
		(command != MSG_INFO && command != IPC_INFO))
		return result;
	raise_to(result);
	return (int)mutant_shared()[0];
}
