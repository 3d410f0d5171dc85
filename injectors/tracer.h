/*
 * tracer: carries out by ptrace(2) what needs a call to run changed or an instruction to be
 * found: kill at an instruction, kill at the exit of a call, short transfers.  The caller is
 * the tracer of the victim and its parent.  x86-64 uses a hardware breakpoint on the address
 * of a recorded instruction and verifies the program counter; everywhere else, and where a
 * path has changed, the victim is stepped.
 */
#ifndef ASSAY_INJECTORS_TRACER_H
#define ASSAY_INJECTORS_TRACER_H

#include "rule.h"

#include <sys/types.h>

/** One boundary between two instructions of a recorded run: before its K-th instruction, at
 *  ADDRESS, which is the VISIT-th time (from 1) that ADDRESS was reached. */
struct tracer_point {
	uintptr_t address;
	uint32_t visit;
};

/** The instructions of a recorded victim, in order. */
struct tracer_record {
	struct tracer_point *points; /* owned */
	size_t count;
	int calls; /* system calls among them */
};
void tracer_record_free(struct tracer_record *record);

/** In the victim, a child of the tracer: asks to be traced and stops.  What lies between
 *  tracer_begin() and tracer_end() is the part that is attacked; the tracer is told of both
 *  by stops of their own. */
void tracer_be_traced(void);
void tracer_begin(void);
void tracer_end(void);

/** Steps VICTIM from tracer_begin() to tracer_end() and records every instruction; the victim
 *  then runs to its end.  LIMIT bounds the steps.  False with *WHY. */
bool tracer_record(pid_t victim, size_t limit, struct tracer_record *out, struct problem *why);

enum tracer_end_of {
	TRACER_KILLED,      /* at exactly the point asked for */
	TRACER_PATH_CHANGED, /* the point was not reached as recorded; the victim is dead */
	TRACER_ENDED,       /* the victim ended by itself before the point */
};

/** Runs VICTIM to point K (from 1) of RECORD and kills it there; stepping instead of a
 *  breakpoint when BY_STEPPING.  VICTIM is reaped. */
enum tracer_end_of tracer_kill_at_instruction(pid_t victim, const struct tracer_record *record,
	size_t k, bool by_stepping);

/** Counts the system calls of VICTIM between its marks; kills it at the entry, or exit, of
 *  the K-th (from 1), or of the K-th that RULE's call and conditions match.  K 0 only counts.
 *  *SEEN is how many there were; CALLS, when not NULL, gets up to MAX of their numbers. */
enum tracer_end_of tracer_kill_at_call(pid_t victim, const struct rule *rule, uint64_t *seen,
	long *calls, size_t max);

/** A call transfers at most BYTES: runs VICTIM (traced, and under a filter that stops the
 *  calls of RULES) to its end, with the count argument of the calls that RULES name lowered.
 *  *FIRED counts.  Returns the wait status. */
int tracer_shorten(pid_t victim, const struct rule *rules, size_t count, uint64_t *fired);

/** "function+0x12" of ADDRESS in process images of this program, into TEXT. */
void tracer_name_address(uintptr_t address, char *text, size_t size);

#endif
