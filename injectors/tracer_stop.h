/*
 * tracer_stop: one traced process and the ways in which it stops.  Internal to the tracer.
 */
#ifndef ASSAY_INJECTORS_TRACER_STOP_H
#define ASSAY_INJECTORS_TRACER_STOP_H

#include "problem.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/ptrace.h>
#include <sys/types.h>

enum stop {
	STOP_STEP,       /* one instruction further */
	STOP_BREAKPOINT, /* before the instruction of the breakpoint */
	STOP_MARK,
	STOP_CALL,   /* at the entry or exit of a system call */
	STOP_SIGNAL, /* a signal has come and will be passed on */
	STOP_ENDED,  /* and is reaped */
	STOP_ERROR,  /* ptrace refuses the request */
};

struct tracee {
	pid_t pid;
	int status; /* of the last wait */
	int passed; /* the signal to be passed on, or 0 */
};

/** What PTRACE_GET_SYSCALL_INFO (Linux 5.3) tells of any stop, as the kernel lays it out. */
struct tracer_stop_info {
	uint8_t op; /* 0 no call, 1 its entry, 2 its exit */
	uint8_t pad[3];
	uint32_t machine;
	uint64_t instruction_pointer, stack_pointer;
	union {
		struct {
			uint64_t number, arguments[6];
		} entry;
		struct {
			int64_t value;
			uint8_t is_error;
		} exit;
	} call;
	uint64_t spare[2];
};
enum { STOP_INFO_ENTRY = 1, STOP_INFO_EXIT = 2 };

/** What the status of T's last wait means; the signal that has come, if any, is to be passed. */
enum stop tracee_classify(struct tracee *t);

/** Continues T by REQUEST (PTRACE_CONT, PTRACE_SINGLESTEP, PTRACE_SYSCALL) and waits for its
 *  next stop. */
enum stop tracee_resume(struct tracee *t, int request);

/** The same, over signals. */
enum stop tracee_advance(struct tracee *t, int request);

/** Takes the victim PID to its first mark.  False when it ended before. */
bool tracee_begin(struct tracee *t, pid_t pid);

/** Kills and reaps T; lets it run to its end and reaps it (PTRACE_DETACH keeps its trace from
 *  being in its way). */
void tracee_kill(struct tracee *t);
void tracee_release(struct tracee *t);

bool tracee_info(const struct tracee *t, struct tracer_stop_info *info);

/** The address of the instruction before which T stands; 0 when it is not to be had. */
uintptr_t tracee_address(const struct tracee *t);

/* Facts of an architecture: tracer_x86.c, and tracer_portable.c for all others. */

/** Whether this machine has breakpoints for tracee_break_at(). */
bool tracee_has_breakpoint(void);

/** Stops T before every execution of ADDRESS from now on. */
bool tracee_break_at(const struct tracee *t, uintptr_t address);

/** Changes argument INDEX (from 0) of the call at whose entry T stands; or, at its exit, what
 *  the register holds from then on. */
bool tracee_set_argument(const struct tracee *t, int index, uint64_t value);

#endif
