/*
 * supervisor: carries out rules on the system calls of a target, from another process, by
 * seccomp user notification (seccomp_unotify(2)).  A call that no rule names is
 * not slowed; a call that one names waits until the supervisor has decided.  For threads,
 * forked children and what they exec, static or dynamic, 64 or 32 bits.
 *
 * It serves fail, kill at the entry of a call, stall, interrupt and count.  What needs the
 * call to run first, or to run changed (kill at its exit, kill at an instruction, shorten), is
 * the tracer's (tracer.h).
 */
#ifndef ASSAY_INJECTORS_SUPERVISOR_H
#define ASSAY_INJECTORS_SUPERVISOR_H

#include "rule.h"

#include <sys/types.h>

struct supervisor;

/** What fired, for logs and ledgers. */
struct supervisor_firing {
	size_t rule;       /* its index */
	uint64_t number;   /* which occurrence */
	pid_t pid;         /* as the supervisor sees it */
	int call;          /* number of the system call, in the architecture of the caller */
	const char *action; /* "failed with ENOSPC", "killed", "stalled 20 ms" ... */
};
typedef void (*supervisor_observer)(void *context, const struct supervisor_firing *firing);

/** In the process to be supervised: installs a filter that notifies for the calls of RULES,
 *  for every architecture that this kernel runs.  Sets no_new_privs where needed.  Returns
 *  the listener descriptor (close-on-exec, not below 200), or -1 with *WHY.  After this the
 *  caller must not make a filtered call until somebody serves the listener: hand it over by
 *  number (pidfd_getfd) and wait by reading memory. */
int supervisor_install(const struct rule *rules, size_t count, struct problem *why);

/** In the supervising process: takes over LISTENER (closes it at the end).  RULES are
 *  copied.  OBSERVER may be NULL.  NULL with *WHY on failure. */
struct supervisor *supervisor_new(int listener, const struct rule *rules, size_t count,
	struct problem *why);
void supervisor_observe(
	struct supervisor *supervisor, supervisor_observer observer, void *context);
void supervisor_free(struct supervisor *supervisor);

/** The descriptor to poll for POLLIN; POLLHUP says that nobody is left under the filter. */
int supervisor_fd(const struct supervisor *supervisor);

/** Answers all that waits, without blocking.  Returns for how many milliseconds nothing needs
 *  it again although the descriptor stays quiet (stalls, interrupts waiting for a proof), or
 *  -1 for ever. */
int supervisor_serve(struct supervisor *supervisor);

/** How often rule INDEX matched a call, and how often it acted. */
uint64_t supervisor_seen(const struct supervisor *supervisor, size_t index);
uint64_t supervisor_fired(const struct supervisor *supervisor, size_t index);

#endif
