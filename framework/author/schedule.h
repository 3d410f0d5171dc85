/*
 * schedule: scheduling policies and priorities of the body and its peers, and peers in
 * namespaces of their own.
 */
#ifndef ASSAY_AUTHOR_SCHEDULE_H
#define ASSAY_AUTHOR_SCHEDULE_H

#include "word.h"

struct peer;

/** Gives P, or the calling thread, POLICY (SCHED_FIFO, SCHED_RR, SCHED_OTHER) and the static
 *  PRIORITY (0 with SCHED_OTHER), behind the back of the C library.  The case ends `broken`
 *  when refused.  Wants NEED_REALTIME. */
void peer_schedule(struct peer *p, int policy, int priority);
void schedule_here(int policy, int priority);

/** The priority at which the kernel runs P at this moment, inherited ones included, as field
 *  18 of /proc/PID/stat shows it (proc(5)): 20 for SCHED_OTHER without niceness, -1 - N for
 *  real-time priority N.  Wants NEED_PROC. */
int peer_priority(const struct peer *p);

/** What peer_start_in() makes anew; joined with |. */
enum peer_namespace { PID_NS = 1 << 0, IPC_NS = 1 << 1 };

/** peer_start() in fresh namespaces, bits of enum peer_namespace; the caller stays where it
 *  is.  In a PID_NS the peer is process 1, with 1 as its thread id, so that only SIGKILL and
 *  SIGSTOP reach it undisturbed; a claim of it that fails ends the case when the body next
 *  waits for it.  Call it before starting threads.  Wants NEED_NAMESPACES. */
#define peer_start_in(function, arg, namespaces) \
	peer_start_in_at((function), (arg), (namespaces), #function, __FILE__, __LINE__)
struct peer peer_start_in_at(void (*function)(void *), void *arg, unsigned namespaces,
	const char *name, const char *file, int line);

/* Each notes where it stands. */
#define peer_schedule(p, policy, priority) \
	(WORD_AT_HERE, (peer_schedule)(p, policy, priority))
#define schedule_here(policy, priority) (WORD_AT_HERE, (schedule_here)(policy, priority))
#define peer_priority(p) (WORD_AT_HERE, (peer_priority)(p))

#endif
