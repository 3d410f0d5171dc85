/*
 * trace: what a supervisor cannot do, on a foreign program, by ptrace(2): short transfers,
 * kills at the exit of a call and at an instruction.  All processes and threads of the program
 * are followed; they die with the tracer.  Every call of theirs is stopped twice, so it costs
 * far more than a supervisor: only for one run at a time.
 */
#ifndef ASSAY_WORKER_TRACE_H
#define ASSAY_WORKER_TRACE_H

#include "problem.h"
#include "rule.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct trace;

/** Whether RULE is one for the tracer; whether it can carry it out, when not *WHY. */
bool trace_is_for(const struct rule *rule);
bool trace_can(const struct rule *rule, struct problem *why);

/** Told of each firing: which rule of those given to trace_begin(), by which process. */
typedef void (*trace_observer)(void *context, size_t rule, pid_t pid, const char *call,
	unsigned long number, const char *action);

/** Seizes PROGRAM, a child that has not executed anything yet; what it executes next is
 *  counted and attacked by RULES, which have to live as long.  NULL with *WHY. */
struct trace *trace_begin(pid_t program, const struct rule *rules, size_t count,
	struct problem *why);
void trace_observe(struct trace *trace, trace_observer observer, void *context);
void trace_free(struct trace *trace);

enum trace_news {
	TRACE_GOES_ON,
	TRACE_STOPPED, /* the program has been stopped by a signal */
	TRACE_ENDED,   /* STATUS is an end */
};

/** Handles what waitpid(-1, ..., __WALL) said of PID. */
enum trace_news trace_handle(struct trace *trace, pid_t pid, int status);

/** How often rule INDEX was met, and acted. */
unsigned long trace_seen(const struct trace *trace, size_t index);
unsigned long trace_fired(const struct trace *trace, size_t index);

#endif
