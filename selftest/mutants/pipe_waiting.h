/*
 * waiting: who is inside a read() or write() of a pipe now, as the kernel's wait queues know
 * it, and how to make such a call fail with EINTR.  For mutants that break a wake-up.
 */
#ifndef ASSAY_SELFTEST_WAITING_H
#define ASSAY_SELFTEST_WAITING_H

#include "mutant.h"

#include <errno.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { WAITING_MAX = 32, WAITING_SIGNAL = 63 };

/* Slots of mutant_shared() of each who waits. */
enum waiting {
	WAITING_TID,
	WAITING_PID,
	WAITING_PIPE,
	WAITING_FD,
	WAITING_FLAGS,
	WAITING_FIELDS
};

static inline _Atomic long *waiting_at(int index, enum waiting field)
{
	return &mutant_shared()[MUTANT_SLOTS - (index + 1) * WAITING_FIELDS + (int)field];
}

static inline long waiting_pipe(int fd)
{
	struct stat about = {0};

	(void)fstat(fd, &about);
	return (long)about.st_ino;
}

static inline void waiting_interrupted(int number)
{
	(void)number;
}

/** The caller is about to wait on FD; returns its index. */
static inline int waiting_begin(int fd)
{
	const struct sigaction interrupting = {.sa_handler = waiting_interrupted};
	int index = 0;
	long nobody = 0;

	(void)sigaction(WAITING_SIGNAL, &interrupting, NULL);
	while (index < WAITING_MAX - 1 &&
		!__atomic_compare_exchange_n((long *)waiting_at(index, WAITING_TID),
			&nobody, syscall(SYS_gettid), false, __ATOMIC_SEQ_CST,
			__ATOMIC_SEQ_CST)) {
		nobody = 0;
		index++;
	}
	*waiting_at(index, WAITING_PID) = getpid();
	*waiting_at(index, WAITING_FD) = fd;
	*waiting_at(index, WAITING_FLAGS) = mutant_flags(fd);
	*waiting_at(index, WAITING_PIPE) = waiting_pipe(fd);
	return index;
}

/** The caller does not wait any more.  Leaves errno as it was. */
static inline void waiting_end(int index)
{
	*waiting_at(index, WAITING_TID) = 0;
}

/** Whether INDEX waits on the pipe PIPE. */
static inline bool waiting_is(int index, long pipe)
{
	return *waiting_at(index, WAITING_TID) &&
		*waiting_at(index, WAITING_PIPE) == pipe;
}

/** The call of INDEX fails with EINTR. */
static inline void waiting_interrupt(int index)
{
	const int saved = errno;

	(void)syscall(SYS_tgkill, *waiting_at(index, WAITING_PID),
		*waiting_at(index, WAITING_TID), WAITING_SIGNAL);
	errno = saved;
}

#endif
