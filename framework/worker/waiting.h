/*
 * waiting: what one thread waits for, as /proc shows it: the common part of the two proofs that
 * nobody will go on, of a point of a sweep (standstill.h) and of a foreign program (asleep.h).
 */
#ifndef ASSAY_WORKER_WAITING_H
#define ASSAY_WORKER_WAITING_H

#include "processes.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

enum waiting_state {
	WAITING_ENDED,
	WAITING_RUNS,
	WAITING_FOR_EVER, /* asleep in a call that has no timeout */
	WAITING_OTHERWISE, /* with a timeout, stopped, in another call, or not to be seen */
};

struct waiting {
	enum waiting_state state;
	const char *family; /* of the call in which it sleeps, or NULL */
	unsigned long arguments[6];
	uint64_t call; /* a digest of all that is shown of the call */
	pid_t child;   /* in the family "wait": the only one that would do, or 0: any */
};

/** Looks at thread TID of process PID, whose image is of ARCH: libseccomp's token, from
 *  waiting_architecture() or seccomp_arch_native(); 0 (SCMP_ARCH_NATIVE) is none. */
void waiting_look(pid_t pid, pid_t tid, uint32_t arch, struct waiting *out);

/** Adds to PICTURE the call of TID, as LOOK saw it, and how often TID was switched to: two
 *  pictures are equal when nobody in them has been awake between. */
void waiting_add(pid_t pid, pid_t tid, const struct waiting *look, uint64_t *picture);
enum { WAITING_NO_PICTURE = 0x1505 }; /* what PICTURE begins with */

/** Whether a thread of PID that waits as LOOK saw it waits for a process of LIST that has ended.
 *  It may still be shown asleep: the kernel shows a zombie before it wakes the parent, and where
 *  processors are virtual a long time may lie between. */
bool waiting_is_over(const struct waiting *look, pid_t pid,
	const struct process_list *list);

/** How long a thread has been on a processor, and how long it could have run and had none, in
 *  nanoseconds; both -1 when it is not shown (schedstat: Documentation/scheduler/sched-stats). */
struct waiting_processor {
	long long on_ns, for_ns;
};

struct waiting_processor waiting_processor(pid_t pid, pid_t tid);

/** The architecture of the image of process PID: that of its system calls' numbers.  0 when it
 *  is not to be had. */
uint32_t waiting_architecture(pid_t pid);

/** Calls VISIT with each thread of PID until it says false; returns what it said last. */
bool waiting_visit_threads(pid_t pid, bool (*visit)(void *context, pid_t pid, pid_t tid),
	void *context);

#endif
