/*
 * mutex_interrupted: for mutants in which a signal handler ends a wait for a mutex: from behind
 * the handler of the case the wait is left by siglongjmp().
 */
#ifndef ASSAY_SELFTEST_MUTEX_INTERRUPTED_H
#define ASSAY_SELFTEST_MUTEX_INTERRUPTED_H

#include "mutex_locks.h"

#include <setjmp.h>
#include <signal.h>

enum { SIGNALS = 65 };

static void (*interrupted_handlers[SIGNALS])(int);
static _Thread_local sigjmp_buf interrupted_at;
static _Thread_local volatile sig_atomic_t interrupted_waits;

static inline void interrupted_by(int number)
{
	if (interrupted_handlers[number])
		interrupted_handlers[number](number);
	if (!interrupted_waits)
		return;
	interrupted_waits = 0;
	siglongjmp(interrupted_at, 1);
}

int sigaction(int number, const struct sigaction *action, struct sigaction *old)
{
	struct sigaction ours;

	if (!mutant_is_active() || !action || action->sa_handler == SIG_IGN ||
		action->sa_handler == SIG_DFL || action->sa_flags & SA_SIGINFO)
		return REAL(sigaction)(number, action, old);
	ours = *action;
	interrupted_handlers[number] = action->sa_handler;
	ours.sa_handler = interrupted_by;
	return REAL(sigaction)(number, &ours, old);
}

/** Locks, but gives INTERRUPTED when a handler runs while it waits. */
static inline int interrupted_lock(pthread_mutex_t *mutex, const struct locking *how,
	int interrupted)
{
	if (how->call == TRYLOCK || !mutex_is_held_by_other(mutex))
		return lock_really(mutex, how);
	if (sigsetjmp(interrupted_at, 1) != 0)
		return interrupted;
	interrupted_waits = 1;
	const int error = lock_really(mutex, how);
	interrupted_waits = 0;
	return error;
}

#endif
