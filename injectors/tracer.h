/*
 * tracer: carries out by ptrace(2) what needs an instruction to be found, or a call to run
 * first or to run changed: kill at an instruction, kill at the entry or exit of a call, short
 * transfers.  The caller is the parent of the victim and its only tracer.  A victim is one
 * process with one thread; what it starts is not traced.
 *
 * A kill at an instruction: the victim is stepped once and every address is recorded; for each
 * point a fresh victim runs to a hardware breakpoint (x86-64), or is stepped all the way.
 */
#ifndef ASSAY_INJECTORS_TRACER_H
#define ASSAY_INJECTORS_TRACER_H

#include "problem.h"
#include "rule.h"

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

/** In the victim, a child of the tracer: asks to be traced.  False with errno. */
bool tracer_be_traced(void);

/** In the victim: the first mark begins the part that is attacked, the second ends it.  Each
 *  is a trap that the tracer sees; the instructions between are the victim's alone. */
static inline __attribute__((always_inline)) void tracer_mark(void)
{
#if defined(__x86_64__) || defined(__i386__)
	__asm__ volatile("int3" ::: "memory");
#else
	(void)syscall(SYS_tgkill, getpid(), (pid_t)syscall(SYS_gettid), SIGTRAP);
#endif
}

/** The boundary before an instruction at ADDRESS, reached for the VISIT-th time (from 1).
 *  The rounds of one repeated instruction (rep movsb) are boundaries of one visit. */
struct tracer_point {
	uintptr_t address;
	uint32_t visit;
};

/** The boundaries of a recorded run, in order.  The array is the caller's. */
struct tracer_record {
	struct tracer_point *points;
	size_t size, count;
};

/** A system call of a recorded run. */
struct tracer_call {
	long number;
	uint64_t bytes; /* how many it was asked to transfer; 0 when it transfers none */
	uint64_t arguments[6];
};

/** Steps VICTIM from mark to mark and records every boundary; then lets it run to its end and
 *  reaps it.  *STATUS is its wait status.  False with *WHY when the machine cannot step, the
 *  victim has no marks, or more than RECORD->size boundaries. */
bool tracer_record(pid_t victim, struct tracer_record *record, int *status,
	struct problem *why);

/** Whether a breakpoint stops VICTIM, which does what RECORD says, at its last boundary; it is
 *  then killed and reaped.  True where this machine has none: there it is stepped. */
bool tracer_breaks(pid_t victim, const struct tracer_record *record, struct problem *why);

/** Records the system calls of VICTIM in the same way, up to MAX of them; COUNT says how many
 *  there were. */
bool tracer_record_calls(pid_t victim, struct tracer_call *calls, size_t max,
	size_t *count, int *status, struct problem *why);

enum tracer_end {
	TRACER_KILLED,       /* at exactly the point asked for */
	TRACER_PATH_CHANGED, /* the point was not reached as recorded; killed elsewhere */
	TRACER_ENDED,        /* the victim ended by itself before the point */
	TRACER_FAILED,       /* the tracer could not do it at all */
};

/** Runs VICTIM to boundary K (from 1) of RECORD and kills it there; it is then reaped.
 *  BY_STEPPING: K steps instead, wherever they lead. */
enum tracer_end tracer_kill_at_instruction(pid_t victim,
	const struct tracer_record *record, size_t k, bool by_stepping);

/** Kills VICTIM at the call that RULE names: RULE_POINT_ANY_CALL, the K-th of all between the
 *  marks, or RULE_POINT_CALL, the K-th of a family, at its entry or exit; K is RULE's
 *  which.first.  At the entry the call has no effect; at the exit the caller has not seen its
 *  result.  Conditions on arguments are the supervisor's (supervisor.h).  VICTIM is reaped. */
enum tracer_end tracer_kill_at_call(pid_t victim, const struct rule *rule);

/** Runs VICTIM to its end with the calls between its marks that RULE (RULE_SHORTEN) names
 *  transferring at most RULE's bytes (lower.h).  *FIRED counts.
 *  Returns its wait status, -1 where this machine cannot. */
int tracer_shorten(pid_t victim, const struct rule *rule, uint64_t *fired);

enum tracer_loop {
	TRACER_LOOP, /* it loops for ever as long as nobody else changes what it sees */
	TRACER_NO_LOOP,    /* or none that could be told */
	TRACER_LOOP_ENDED, /* it ended meanwhile and, a child of the caller, is reaped */
};

/** Steps THREAD, which runs and is nobody's tracee, for a while: whether its registers and its
 *  memory come back.  It runs on afterwards.  *STATUS is its wait status when it ended. */
enum tracer_loop tracer_find_loop(pid_t thread, int *status);

/** "function+0x12", or "libc.so.6+0x8f123" where no symbol covers ADDRESS, an address in the
 *  image of the caller, into TEXT. */
void tracer_name_address(uintptr_t address, char *text, size_t size);

#endif
