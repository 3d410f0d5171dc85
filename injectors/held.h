/*
 * held: a call that the supervisor has in hand for longer than one answer: stalled before it
 * runs, or let run and watched until it blocks.  Between supervisor.c and the files that say
 * what an intercepted call suffers; nobody else uses it.
 */
#ifndef ASSAY_INJECTORS_HELD_H
#define ASSAY_INJECTORS_HELD_H

#include "supervisor.h"

enum { NO_RULE = -1 };

/** What is to become of one call. */
struct held {
	uint64_t id; /* of the notification */
	pid_t tid;
	uint32_t arch;
	int call; /* its number as the caller made it */
	char name[32];
	uint64_t counted;           /* bit n: rule n has counted it */
	int fail, stall, interrupt; /* indexes of the rules that act, or NO_RULE */
	bool is_stalled;            /* else it runs, and is watched */
	bool has_fired;             /* already, when the stall began */
	int64_t due_us;             /* stalled for a time */
	pid_t peer_pid, peer_tid;   /* stalled until an event: 0 while not found */
	unsigned tries;
};

enum held_step {
	HELD_WAITS,
	HELD_FIRES,  /* the time or the event has come, or the block is proven */
	HELD_MISSES, /* it never will: the peer has ended, or the call did not block */
};

/** firing.c: "failed with ENOSPC", "stalled 20 ms": what RULE does to a call, into TEXT. */
void firing_describe(const struct rule *rule, char *text, size_t size);

/** kill.c: SIGKILL for the process of the calling thread of notification ID.  False when it
 *  is gone already. */
bool kill_caller(int listener, uint64_t id, pid_t tid);

/** stall.c: begins to stall HELD by RULE; looks whether it is over.  FINDER may be NULL. */
void stall_begin(struct held *held, const struct rule *rule);
enum held_step stall_step(struct held *held, const struct rule *rule,
	supervisor_peer_finder finder, void *context);

/** interrupt.c: looks whether HELD, a call that runs, is blocked; sends the signal. */
enum held_step interrupt_step(struct held *held);
bool interrupt_send(const struct held *held, int signal);

#endif
