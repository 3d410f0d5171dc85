/*
 * A sender that is killed while it waits for room leaves an empty message.
 */
#include "sysv_msg_waiting.h"

int kill(pid_t process, int number)
{
	const struct any_message ghost = {.type = 1};
	const int id =
		mutant_is_active() && number == SIGKILL ? waiting_on(process, true) : -1;
	const int result = REAL(kill)(process, number);

	if (id >= 0)
		(void)REAL(msgsnd)(id, &ghost, 0, IPC_NOWAIT);
	return result;
}

int msgsnd(int id, const void *message, size_t size, int flags)
{
	return waiting_send(id, message, size, flags);
}
