/*
 * sweep_attack: the attacks that a sweep can make: what of a victim's run is recorded, which
 * points that gives, what each is called, and how a fresh victim is attacked at one.  A new
 * attack is a row of the table in sweep_attack.c.
 */
#ifndef ASSAY_WORKER_SWEEP_ATTACK_H
#define ASSAY_WORKER_SWEEP_ATTACK_H

#include "author/case.h"
#include "problem.h"
#include "rule.h"
#include "supervisor.h"
#include "tracer.h"

enum {
	SWEEP_INSTRUCTIONS_MAX = 1 << 20,
	SWEEP_CALLS_MAX = 4096,
};

/** A point that a supervisor visits. */
struct supervised {
	bool is_on; /* else the victim is traced */
	struct supervisor_gate gate;
	struct rule rule;
	bool is_of_arguments; /* the rule's error: only a wrong argument gives it */
	bool has_aborted;     /* the victim, as its sweep allows it then */
};

/** What was recorded of an unharmed victim; lies in memory that all processes share. */
struct recording {
	struct tracer_record instructions;
	enum tracer_end end; /* of the last attack */
	int processor;       /* on which the process of the last point began */
	struct supervised supervised;
	size_t call_count;
	struct tracer_call calls[SWEEP_CALLS_MAX];
	struct tracer_point points[SWEEP_INSTRUCTIONS_MAX];
};

/** How a point is called: the rule that repeats it, another that means the same ("" if none),
 *  and where it is, for a person. */
struct point_name {
	char rule[96], also[96], place[128];
	uintptr_t
		address; /* of an instruction: its place is looked up when it is needed */
};

struct sweep_attack {
	const char *name;
	const char *lacks; /* why this build cannot make it, or NULL */

	/** In the victim, before its first mark: lets the parent at it.  False with errno. */
	bool (*prepare)(struct recording *recording);

	/** In the parent: records the unharmed VICTIM and reaps it. */
	bool (*record)(pid_t victim, struct recording *recording, int *status,
		struct problem *why);

	/** How many points RECORDING gives, and the name of number INDEX (from 0). */
	size_t (*count)(const struct recording *recording);
	void (*name_point)(const struct recording *recording, size_t index,
		struct point_name *out);

	/** Before the victim of point INDEX is forked, and, in it, instead of the tracer's marks:
	 *  both for attacks that do not trace it; else NULL. */
	void (*aim)(struct recording *recording, size_t index);
	void (*mark)(struct recording *recording, bool begins);

	/** In the parent: attacks a fresh VICTIM at point INDEX and reaps it.  SURELY: by the
	 *  slower way that does not depend on what was recorded.  *STATUS is its wait status. */
	enum tracer_end (*strike)(pid_t victim, struct recording *recording, size_t index,
		bool surely, int *status);

	bool kills; /* the victim's end says nothing: the attack kills it */
};

/** The name that rules use for recorded call INDEX, the family or else the call's own, into
 *  NAME; which occurrence of that name it is, from 1. */
size_t sweep_occurrence(const struct recording *recording, size_t index, char name[32]);

/** The attack, or NULL for a value that is none. */
const struct sweep_attack *sweep_attack_find(enum attack attack);

#endif
