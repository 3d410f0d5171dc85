/*
 * sysv_msg_waiting: which processes are in a msgrcv() or msgsnd() that may wait, for mutants
 * of sysv-msg that do something to them.
 */
#ifndef ASSAY_SELFTEST_SYSV_MSG_WAITING_H
#define ASSAY_SELFTEST_SYSV_MSG_WAITING_H

#include "sysv_msg.h"

#include <signal.h>
#include <stdatomic.h>
#include <unistd.h>

/* Places of the numbers that a case's processes share.  A waiter has two: its process, and the
 * queue, negative for one that sends. */
enum { WAITERS = 16, FIRST_WAITER = 0, FIRST_FREE = 2 * WAITERS };

/** Puts the caller among those who wait on the queue ID; its place, or -1. */
static inline int waiting_begin(int id, bool sends)
{
	_Atomic long *const shared = mutant_shared() + FIRST_WAITER;

	for (int i = 0; i < WAITERS; i++) {
		long nobody = 0;

		if (atomic_compare_exchange_strong(&shared[2 * i], &nobody,
			    (long)getpid())) {
			shared[2 * i + 1] = sends ? -1L - id : 1L + id;
			return i;
		}
	}
	return -1;
}

static inline void waiting_end(int place)
{
	if (place >= 0)
		mutant_shared()[FIRST_WAITER + 2 * place] = 0;
}

/** The process in this place if it waits on the queue ID (-1: any), to send or to receive; 0
 *  for none. */
static inline pid_t waiting_at(int place, int id, bool sends)
{
	const long process = mutant_shared()[FIRST_WAITER + 2 * place];
	const long queue = mutant_shared()[FIRST_WAITER + 2 * place + 1];

	return process != 0 && (queue < 0) == sends &&
			(id == -1 || id == (int)(sends ? -1 - queue : queue - 1))
		? (pid_t)process
		: 0;
}

/** The queue on which PROCESS waits, to send or to receive; -1 for none. */
static inline int waiting_on(pid_t process, bool sends)
{
	for (int i = 0; i < WAITERS; i++)
		if (waiting_at(i, -1, sends) == process) {
			const long queue = mutant_shared()[FIRST_WAITER + 2 * i + 1];
			return (int)(sends ? -1 - queue : queue - 1);
		}
	return -1;
}

/** msgrcv() and msgsnd() that keep the list, but for the many messages that some cases send:
 *  what those meet is a matter of time. */
static inline ssize_t waiting_receive(int id, void *message, size_t size, long type,
	int flags)
{
	const bool waits = mutant_is_active() && !(flags & IPC_NOWAIT) && size < 64;
	const int place = waits ? waiting_begin(id, false) : -1;
	const ssize_t length = REAL(msgrcv)(id, message, size, type, flags);

	waiting_end(place);
	return length;
}

static inline int waiting_send(int id, const void *message, size_t size, int flags)
{
	const bool waits = mutant_is_active() && !(flags & IPC_NOWAIT) && size < 24;
	const int place = waits ? waiting_begin(id, true) : -1;
	const int result = REAL(msgsnd)(id, message, size, flags);

	waiting_end(place);
	return result;
}

#endif
