/*
 * msgrcv() and msgsnd() are restarted after a handler with SA_RESTART, as POSIX has it.
 */
#include "sysv_msg.h"

#include <signal.h>

static bool restarts;

int sigaction(int number, const struct sigaction *action, struct sigaction *old)
{
	if (mutant_is_active() && action)
		restarts = action->sa_flags & SA_RESTART;
	return REAL(sigaction)(number, action, old);
}

ssize_t msgrcv(int id, void *message, size_t size, long type, int flags)
{
	ssize_t length;

	do
		length = REAL(msgrcv)(id, message, size, type, flags);
	while (mutant_is_active() && restarts && length == -1 && errno == EINTR);
	return length;
}

int msgsnd(int id, const void *message, size_t size, int flags)
{
	int result;

	do
		result = REAL(msgsnd)(id, message, size, flags);
	while (mutant_is_active() && restarts && result == -1 && errno == EINTR);
	return result;
}
