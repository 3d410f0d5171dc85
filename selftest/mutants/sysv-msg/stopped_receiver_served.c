/*
 * A receiver that is stopped while it waits stays among those who wait, and gets the next
 * message.
 */
#include "sysv_msg_waiting.h"

int kill(pid_t process, int number)
{
	if (mutant_is_active() && number == SIGSTOP && waiting_on(process, false) >= 0)
		mutant_shared()[FIRST_FREE] = waiting_on(process, false) + 1;
	if (mutant_is_active() && number == SIGCONT)
		mutant_shared()[FIRST_FREE] = 0;
	return REAL(kill)(process, number);
}

int msgsnd(int id, const void *message, size_t size, int flags)
{
	if (mutant_is_active() && id >= 0 && mutant_shared()[FIRST_FREE] == id + 1) {
		mutant_shared()[FIRST_FREE] = 0;
		return 0;
	}
	return REAL(msgsnd)(id, message, size, flags);
}

ssize_t msgrcv(int id, void *message, size_t size, long type, int flags)
{
	return waiting_receive(id, message, size, type, flags);
}
