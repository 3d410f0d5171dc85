/*
 * When a process is killed, the short message that it sent last is dropped.
 */
#include "sysv_msg.h"

#include <signal.h>

int msgsnd(int id, const void *message, size_t size, int flags)
{
	const int result = REAL(msgsnd)(id, message, size, flags);

	if (result == 0 && size < 24 && mutant_is_active())
		*mutant_shared() = id + 1;
	return result;
}

int kill(pid_t process, int number)
{
	struct any_message dropped;
	const int id =
		mutant_is_active() && number == SIGKILL ? (int)*mutant_shared() - 1 : -1;
	const int result = REAL(kill)(process, number);

	if (id >= 0 && look(id).msg_lspid == process)
		(void)REAL(msgrcv)(id, &dropped, sizeof(dropped.text), 0, IPC_NOWAIT);
	return result;
}
