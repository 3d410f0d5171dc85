/*
 * A queue that holds several messages is removed when the process that made it ends.
 */
#include "sysv_msg.h"

#include <unistd.h>

static int made = -1;
static pid_t maker;

int msgget(key_t key, int flags)
{
	const int id = REAL(msgget)(key, flags);

	if (id != -1 && mutant_is_active() && flags & IPC_CREAT) {
		made = id;
		maker = getpid();
	}
	return id;
}

void _exit(int status)
{
	if (made != -1 && maker == getpid() && look(made).msg_qnum > 1)
		(void)REAL(msgctl)(made, IPC_RMID, NULL);
	REAL(_exit)(status);
	__builtin_unreachable();
}
