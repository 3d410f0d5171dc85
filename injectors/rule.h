/*
 * rule: the grammar of faults, one everywhere: in a case, on the command line, in a report.
 * docs/injection.md has it as a table.  A rule is text on one line; parsing owns nothing and
 * refuses anything malformed with the position and what was expected there.
 */
#ifndef ASSAY_INJECTORS_RULE_H
#define ASSAY_INJECTORS_RULE_H

#include "call.h"
#include "call_argument.h"
#include "problem.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum rule_verb {
	RULE_FAIL,      /* fail:CALL[#WHICH][ if COND...]=ERRNO */
	RULE_KILL,      /* kill:CALL#K, kill:call=K, kill:insn=K */
	RULE_STALL,     /* stall:CALL[#WHICH][ if COND...]=20ms, ...=until:EVENT */
	RULE_INTERRUPT, /* interrupt:CALL[#WHICH][ if COND...]=SIGNAL */
	RULE_SHORTEN,   /* shorten:CALL[#WHICH][ if COND...]=BYTES */
	RULE_LIMIT,     /* limit:NAME=N */
	RULE_FILL,      /* fill:tmpfs-blocks, fill:tmpfs-inodes, fill:fds */
	RULE_COUNT,     /* count:CALL[ if COND...]: does nothing, is counted */
	RULE_VERB_COUNT,
};

/** Which occurrences of a call: #K is {K, K, 1}, #K..L is {K, L, 1}, #K+S is {K, none, S};
 *  without # every one: {1, none, 1}.  Counted from 1 over all processes of the target, in
 *  the order in which they come, conditions applied first. */
struct rule_which {
	uint64_t first, last, step; /* last: UINT64_MAX for no end */
};

enum {
	RULE_CONDITIONS = 4,
	RULE_TEXT_BYTES = 512,       /* with the null byte */
	RULE_STALL_MAX_MS = 3600000, /* an hour: nobody waits for more */
};

enum rule_operator {
	RULE_EQUAL,     /* fd=3 */
	RULE_NOT_EQUAL, /* fd!=3 */
	RULE_LESS,      /* size<4096 */
	RULE_AT_LEAST,  /* size>=4096 */
	RULE_HAS_BITS,  /* flags&O_CREAT|O_EXCL: all of them */
	RULE_PREFIX,    /* path^/dev/shm/ */
};

/** One condition on an argument; ARGUMENT is its name in the table of calls (fd, size,
 *  flags, path, op, address) or arg0 .. arg5. */
struct rule_condition {
	char argument[12];
	enum rule_operator operator;
	uint64_t value;   /* all but PREFIX; an int is sign-extended, as fd=-1 needs it */
	char prefix[128]; /* RULE_PREFIX */
};

enum rule_place { RULE_AT_ENTRY, RULE_AT_EXIT };
enum rule_point { RULE_POINT_CALL, RULE_POINT_ANY_CALL, RULE_POINT_INSTRUCTION };
enum rule_event { RULE_EVENT_TIME, RULE_EVENT_BLOCKED, RULE_EVENT_EXIT };

struct rule {
	enum rule_verb verb;
	/* A family of shared/call.h, else a single call; "" where the verb has none. */
	char call[32];
	struct rule_which which;
	struct rule_condition conditions[RULE_CONDITIONS];
	size_t condition_count;

	int error;             /* FAIL: errno */
	enum rule_point point; /* KILL; with which.first = K */
	enum rule_place place; /* KILL at a call: default entry */
	enum rule_event event; /* STALL */
	long stall_ms;         /* STALL, RULE_EVENT_TIME */
	char event_peer[40];   /* STALL until: blocked(PEER,CALL), exit(PEER) */
	char event_call[32];
	int signal;                 /* INTERRUPT; SIGRTMIN+n is this C library's */
	uint64_t bytes;             /* SHORTEN */
	char resource[20];          /* LIMIT: nofile, fsize, as ...; FILL: what */
	uint64_t limit;             /* LIMIT */
	char text[RULE_TEXT_BYTES]; /* as it was written */
};

/** Parses TEXT.  False when it is malformed: *WHY is then "at 12: expected an errno such as
 *  ENOSPC, found 'ENOSPACE'" (position in bytes from 1), and *OUT is of no use. */
bool rule_parse(const char *text, struct rule *out, struct problem *why);

/** Whether occurrence NUMBER (from 1) is one that RULE's WHICH names. */
bool rule_names(const struct rule *rule, uint64_t number);

/** Writes RULE in its canonical form, which parses to the same rule: what is the default is
 *  left out, values have names where they have some.  Cut at SIZE; RULE_TEXT_BYTES always
 *  hold a rule that was parsed. */
void rule_format(const struct rule *rule, char *text, size_t size);

/** Whether A and B do the same: all but their texts are equal. */
bool rule_is_same(const struct rule *a, const struct rule *b);

/** The names of the single calls that RULE's call stands for ("open", "openat", "openat2"),
 *  also of those that this architecture lacks, into NAMES, which stay valid as long as RULE.
 *  Returns how many; 0 when the verb has no call.  seccomp_syscall_resolve_name_arch() makes
 *  numbers of them. */
size_t rule_call_names(const struct rule *rule, const char *names[CALL_FAMILY_MAX]);

/** Whether CONDITION, not a PREFIX, holds for ARGUMENT (call_argument_find() with the single
 *  call and CONDITION's argument), whose register holds VALUE.  Ints compare by their lower
 *  32 bits, signed; words unsigned. */
bool rule_condition_holds(const struct rule_condition *condition,
	const struct call_argument *argument, uint64_t value);

/** Whether PATH, of which LENGTH bytes are known, begins with CONDITION's prefix. */
bool rule_prefix_holds(const struct rule_condition *condition, const char *path,
	size_t length);

/** The name of a verb ("fail"). */
const char *rule_verb_name(enum rule_verb verb);

#endif
