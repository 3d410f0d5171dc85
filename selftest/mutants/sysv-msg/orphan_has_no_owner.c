/*
 * Nobody may change or remove a queue whose creator has ended.
 */
#include "sysv_msg.h"

#include <signal.h>
#include <unistd.h>

int msgget(key_t key, int flags)
{
	const int id = REAL(msgget)(key, flags);

	if (id != -1 && mutant_is_active() && flags & IPC_CREAT)
		mutant_shared()[id & 0x3ff] = getpid();
	return id;
}

int msgctl(int id, int command, struct msqid_ds *status)
{
	const pid_t creator = (pid_t)mutant_shared()[id & 0x3ff];

	if (mutant_is_active() && (command == IPC_SET || command == IPC_RMID) &&
		creator > 0 && REAL(kill)(creator, 0) == -1) {
		errno = EPERM;
		return -1;
	}
	return REAL(msgctl)(id, command, status);
}
