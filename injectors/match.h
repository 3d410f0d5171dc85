/*
 * match: which rules an intercepted call meets.  Calls are known by name, whatever the
 * architecture of the caller: its number is resolved by libseccomp, and what i386 multiplexes
 * through socketcall and ipc is taken apart.
 */
#ifndef ASSAY_INJECTORS_MATCH_H
#define ASSAY_INJECTORS_MATCH_H

#include "rule.h"

#include <sys/types.h>

enum { MATCH_RULES = 64, MATCH_CALLS = 128 };

/** A call as the kernel shows it (struct seccomp_data). */
struct match_seen {
	pid_t tid;
	uint32_t arch;
	int number;
	uint64_t args[6];
};

/** What is known of one call of one architecture: found once, then looked up. */
struct match_call {
	uint32_t arch;
	int number; /* negative: of those that libseccomp has for multiplexed calls */
	char name[32];
	uint64_t rules; /* bit n: rule n names this call */
	bool is_exec;
	struct call_argument *arguments; /* of all conditions, in order; index -1: none */
};

struct match {
	const struct rule *rules; /* borrowed */
	size_t count;
	size_t first_condition[MATCH_RULES]; /* of each rule, among those of all */
	size_t condition_count;
	struct match_call *calls; /* owned; room for MATCH_CALLS */
	struct call_argument
		*arguments; /* owned; of each call CONDITION_COUNT, or NULL */
	size_t call_count;
};

/** Prepares for RULES, which have to live as long.  False when there are more than
 *  MATCH_RULES, or no memory. */
bool match_init(struct match *match, const struct rule *rules, size_t count);
void match_free(struct match *match);

/** The call that SEEN is, with its arguments in SEEN->args put where the call of that name
 *  has them. */
const struct match_call *match_call(struct match *match, struct match_seen *seen);

/** Whether SEEN, which is CALL, meets rule INDEX, whose conditions may read the memory of the
 *  caller; what cannot be read meets no condition. */
bool match_rule(const struct match *match, const struct match_call *call, size_t index,
	const struct match_seen *seen);

#endif
