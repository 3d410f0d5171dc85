/*
 * supervisor: carries out rules on the system calls of a target, from another process, by
 * seccomp user notification (seccomp_unotify(2)).  A call that no rule names is not slowed; a
 * call that one names waits until the supervisor has decided.  For threads, forked children
 * and what they exec, static or dynamic, 64 or 32 bits.
 *
 * It serves fail, kill at the entry of a call, stall, interrupt and count.  What needs the
 * call to run first, or to run changed (kill at its exit, kill at an instruction, shorten), is
 * the tracer's (tracer.h).
 */
#ifndef ASSAY_INJECTORS_SUPERVISOR_H
#define ASSAY_INJECTORS_SUPERVISOR_H

#include "rule.h"

#include <stdatomic.h>
#include <sys/types.h>

struct supervisor;

/** What fired, for logs and ledgers.  Told before the call is answered. */
struct supervisor_firing {
	size_t rule;     /* its index */
	uint64_t number; /* which occurrence */
	pid_t pid;       /* the calling thread, as the supervisor sees it */
	int call; /* number of the system call, in the architecture of the caller */
	const char *name;   /* its name ("openat") */
	const char *action; /* "failed with ENOSPC", "killed", "stalled 20 ms" ... */
};
typedef void (*supervisor_observer)(void *context,
	const struct supervisor_firing *firing);

/** Finds the peer that a rule calls NAME: its process and thread.  False while there is none. */
typedef bool (*supervisor_peer_finder)(void *context, const char *name, pid_t *pid,
	pid_t *tid);

/** Whether calls of thread TID are to pass uncounted at this moment. */
typedef bool (*supervisor_exemption)(void *context, pid_t tid);

/** How often a rule matched a call, and how often it acted.  May lie in shared memory: a
 *  target sees both counted before its call returns. */
struct supervisor_tally {
	_Atomic uint64_t seen, fired;
};

/** Where target and supervisor meet: memory that both share, zeroed.  Fields are theirs. */
struct supervisor_gate {
	_Atomic int process, listener;
	_Atomic int state; /* enum supervisor_state */
};
enum supervisor_state {
	SUPERVISOR_ABSENT,
	SUPERVISOR_OFFERED, /* the filter is installed; nobody has taken the listener */
	SUPERVISOR_TAKEN,   /* calls pass uncounted */
	SUPERVISOR_ARMED,
	SUPERVISOR_ARMED_BY_EXEC, /* the next execve passes uncounted, and arms */
	SUPERVISOR_OFF,           /* calls pass uncounted again, for good */
};

/** Whether the supervisor can carry out RULE; when not, *WHY. */
bool supervisor_can(const struct rule *rule, struct problem *why);

/** In the process to be supervised: installs the filter, offers the listener through GATE,
 *  waits for a change of memory until somebody has taken it, and arms.  From then on every call
 *  of the calling thread, and of all that it starts, counts; with BY_EXEC only those of the
 *  program that it executes next (set GATE's state to SUPERVISOR_OFF when execve fails).
 *  Sets no_new_privs where needed.  Ends the process with status 125 when nobody can take
 *  the listener.  False with *WHY when the filter cannot be installed. */
bool supervisor_enter(struct supervisor_gate *gate, const struct rule *rules,
	size_t count, bool by_exec, struct problem *why);

/** Optional, before children are forked that each enter by rules about the same calls (a
 *  sweep): compiles their filter once, which saves each a tenth of a millisecond.  For
 *  children of the calling thread.  False with *WHY. */
bool supervisor_prepare(const struct rule *rules, size_t count, bool by_exec,
	struct problem *why);

/** In the supervising process, when GATE's state is SUPERVISOR_OFFERED: takes the listener
 *  (pidfd_getfd(2): needs ptrace access to the target).  RULES are copied.  NULL with *WHY
 *  on failure; the target is then refused. */
struct supervisor *supervisor_take(struct supervisor_gate *gate, const struct rule *rules,
	size_t count, struct problem *why);

/** The two by hand: installs the filter and returns its listener (close-on-exec, the lowest
 *  free descriptor), or -1 with *WHY; the caller must then not make a filtered call until
 *  somebody serves the listener. */
int supervisor_install(const struct rule *rules, size_t count, struct problem *why);

/** Serves LISTENER (closes it at the end, and on failure).  RULES are copied.  GATE may be
 *  NULL: armed at once.  NULL with *WHY on failure. */
struct supervisor *supervisor_new(int listener, struct supervisor_gate *gate,
	const struct rule *rules, size_t count, struct problem *why);

/** Options, before the first supervisor_serve().  TALLIES is an array, one for each rule;
 *  without it the supervisor has its own.  Without FINDER the name of a peer is that of a
 *  command, as in /proc/PID/comm. */
void supervisor_observe(struct supervisor *supervisor, supervisor_observer observer,
	void *context);
void supervisor_tally_in(struct supervisor *supervisor, struct supervisor_tally *tallies);
void supervisor_find_peers(struct supervisor *supervisor, supervisor_peer_finder finder,
	void *context);
void supervisor_exempt(struct supervisor *supervisor, supervisor_exemption exemption,
	void *context);

/** Closes the listener: calls that still wait fail with ENOSYS. */
void supervisor_free(struct supervisor *supervisor);

/** The descriptor to poll for POLLIN; POLLHUP says that nobody is left under the filter (on
 *  kernels before 6.11 only once the last has been reaped). */
int supervisor_fd(const struct supervisor *supervisor);

/** Answers a call that waits, without blocking; call it whenever the descriptor is readable,
 *  and in time.  IS_READABLE is what poll(2) has just said of it (POLLIN): where that is not
 *  true it would wait.  Returns for how many milliseconds nothing needs it again although the
 *  descriptor stays quiet (stalls, interrupts waiting for a proof), or -1 for ever. */
int supervisor_serve(struct supervisor *supervisor, bool is_readable);

/** Sleeps until a target offers itself in GATE, but at most a tenth of a millisecond. */
void supervisor_wait_offer(struct supervisor_gate *gate);

/** All of it for CHILD, a child of the caller that enters by GATE: waits until it offers
 *  itself, takes its listener like supervisor_take(), and serves until it has ended; it is not
 *  reaped.  NULL with *WHY also when it has ended before; it goes on then only to be refused. */
struct supervisor *supervisor_serve_child(struct supervisor_gate *gate, pid_t child,
	const struct rule *rules, size_t count, struct problem *why);

/** Calls that are being stalled at the moment; *RULE, when not NULL, is that of one of them. */
size_t supervisor_stalled(const struct supervisor *supervisor, size_t *rule);

/** How often rule INDEX matched a call, and how often it acted. */
uint64_t supervisor_seen(const struct supervisor *supervisor, size_t index);
uint64_t supervisor_fired(const struct supervisor *supervisor, size_t index);

/** Whether all of it works here, tried on a child; when not, *WHY. */
bool supervisor_available(struct problem *why);

#endif
