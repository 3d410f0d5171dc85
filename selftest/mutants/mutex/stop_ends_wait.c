/*
 * A lock that waits ends with EINTR when its process was stopped and goes on.
 */
#include "mutex_object.h"

#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stddef.h>

static _Thread_local sigjmp_buf wait;
static _Thread_local volatile sig_atomic_t waits;

static void leave_wait(int number)
{
	(void)number;
	if (waits)
		siglongjmp(wait, 1);
}

int pthread_mutex_lock(pthread_mutex_t *mutex)
{
	const struct sigaction leave = {.sa_handler = leave_wait};

	if (!mutant_is_active() || !mutex_is_held_by_other(mutex))
		return REAL(pthread_mutex_lock)(mutex);
	(void)sigaction(SIGCONT, &leave, NULL);
	waits = sigsetjmp(wait, 1) == 0;
	const int error = waits ? REAL(pthread_mutex_lock)(mutex) : EINTR;
	waits = 0;
	return error;
}
