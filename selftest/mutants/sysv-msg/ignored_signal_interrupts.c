/*
 * A signal that is ignored interrupts msgrcv() and msgsnd() all the same.
 */
#include "sysv_msg.h"

#include <signal.h>

static void nothing(int number)
{
	(void)number;
}

sighandler_t signal(int number, sighandler_t action)
{
	const struct sigaction caught = {.sa_handler = nothing};

	if (!mutant_is_active() || action != SIG_IGN)
		return REAL(signal)(number, action);
	(void)sigaction(number, &caught, NULL);
	return SIG_DFL;
}
