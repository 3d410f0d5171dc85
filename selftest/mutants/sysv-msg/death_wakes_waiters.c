/*
 * When a process is killed, all that wait on a queue are interrupted.
 */
#include "sysv_msg_waiting.h"

static void nothing(int number)
{
	(void)number;
}

int kill(pid_t process, int number)
{
	const int result = REAL(kill)(process, number);

	for (int i = 0; mutant_is_active() && number == SIGKILL && i < WAITERS; i++) {
		const pid_t receiver = waiting_at(i, -1, false),
			    sender = waiting_at(i, -1, true);

		if (receiver && receiver != process)
			(void)REAL(kill)(receiver, SIGUSR2);
		if (sender && sender != process)
			(void)REAL(kill)(sender, SIGUSR2);
	}
	return result;
}

int msgsnd(int id, const void *message, size_t size, int flags)
{
	if (mutant_is_active())
		(void)signal(SIGUSR2, nothing);
	return waiting_send(id, message, size, flags);
}

ssize_t msgrcv(int id, void *message, size_t size, long type, int flags)
{
	if (mutant_is_active())
		(void)signal(SIGUSR2, nothing);
	return waiting_receive(id, message, size, type, flags);
}
