/*
 * mq_waiters: for mutants that end waits on a queue before their time: who begins to wait notes
 * itself in the numbers that all processes of the case share, and is ended by a signal.
 */
#ifndef ASSAY_SELFTEST_MQ_WAITERS_H
#define ASSAY_SELFTEST_MQ_WAITERS_H

#include "mutant.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { WAITERS = 64, WAITERS_AT = 512, ENDED_AT = WAITERS_AT + WAITERS };

static inline void waiters_woken(int number)
{
	(void)number;
}

/** Notes that the caller begins to wait; gives its place. */
static inline int waiters_enter(void)
{
	const struct sigaction action = {.sa_handler = waiters_woken};
	_Atomic long *const shared = mutant_shared();
	int place = 0;
	long none = 0;

	(void)sigaction(SIGRTMAX, &action, NULL);
	while (!atomic_compare_exchange_strong(&shared[WAITERS_AT + place], &none,
		syscall(SYS_gettid))) {
		none = 0;
		place = (place + 1) % WAITERS;
	}
	shared[ENDED_AT + place] = 0;
	return place;
}

/** Notes that it waits no more.  Whether waiters_end() ended the call that gave RESULT. */
static inline bool waiters_leave(int place, long result)
{
	_Atomic long *const shared = mutant_shared();
	const bool was_ended = shared[ENDED_AT + place] != 0;

	shared[WAITERS_AT + place] = 0;
	return result == -1 && errno == EINTR && was_ended;
}

/** How many wait. */
static inline int waiters_count(void)
{
	int count = 0;

	for (int place = 0; place < WAITERS; place++)
		count += mutant_shared()[WAITERS_AT + place] != 0;
	return count;
}

/** Ends the waits of all. */
static inline void waiters_end(void)
{
	const int saved = errno;

	for (int place = 0; place < WAITERS; place++) {
		const long waiter = mutant_shared()[WAITERS_AT + place];
		if (waiter == 0)
			continue;
		mutant_shared()[ENDED_AT + place] = 1;
		(void)syscall(SYS_tkill, waiter, SIGRTMAX);
	}
	errno = saved;
}

#endif
