/*
 * report: what a run found, and the formats that can show it.  The runner fills a struct
 * report while it runs; a format is a function that writes it.  Formats depend on shared/
 * only, never on how the run was made.
 */
#ifndef ASSAY_REPORTS_REPORT_H
#define ASSAY_REPORTS_REPORT_H

#include "problem.h"
#include "verdict.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/** What the expectations and repetition make of a verdict. */
enum overlay {
	OVERLAY_NONE,     /* the verdict stands as it is */
	OVERLAY_KNOWN,    /* not a pass, and an expectation says so: expected */
	OVERLAY_FIXED,    /* a pass although an expectation says otherwise: unexpected */
	OVERLAY_UNSTABLE, /* --repeat gave different verdicts: unexpected */
};

struct report_note {
	char *key, *value;
	bool is_choice; /* of those that the standard leaves open */
};

/** One case and what became of it.  All strings are owned by the report, never NULL. */
struct report_case {
	char *id, *claim, *spec;
	enum level level;
	char *needs;         /* "block-proof, seccomp", or "" */
	char *declared_file; /* where the case is written */
	int declared_line;

	bool was_run; /* false: the run ended first; what follows is then empty */
	enum verdict verdict;
	enum overlay overlay;
	bool announced;     /* unsupported for a reason that hello announced */
	char *text;         /* one line; "" for a pass */
	char *got, *wanted; /* by name, or "" */
	char *who;          /* "body" or the peer function */
	char *file;         /* where it went wrong, or "" */
	int line;
	char *output; /* what the case printed; valid UTF-8 */
	size_t output_dropped;
	struct report_note *notes;
	size_t note_count;
	char **leftovers;
	size_t leftover_count;
	char *points; /* of a sweep: "57o3x12.", how many in a row had which outcome; or "" */
	char *expectation; /* known, fixed: the reason and link of the expectation line */
	int worker;        /* number of the worker, from 1 */
	long duration_us;
	int runs;                        /* how often it was run (--repeat) */
	int verdict_runs[VERDICT_COUNT]; /* how often with which verdict */
};

struct report_refusal {
	char *what, *why;
};

/** How quick a target is, as measured when it was met. */
struct report_speed {
	long ready_us;      /* from the start of its first worker to hello */
	long empty_case_us; /* a case without a body; 0: not measured */
	long round_trip_us; /* of that, what request and answer took */
	double scale;       /* by which its deadlines are multiplied, at least 1 */
};

/** The target, from its hello.  Strings are owned by the report, never NULL. */
struct report_target {
	char *name, *command; /* "local", "" for the built-in worker */
	char *valgrind;       /* the tool under which assay ran it: "memcheck", or "" */
	char *assay, *kernel, *machine, *libc, *endian, *capabilities, *block_proof;
	int protocol, page_size, bits, cpus, uid;
	char **environment; /* what lies between worker and kernel: "qemu-user" */
	size_t environment_count;
	char **isolation;
	size_t isolation_count;
	struct report_refusal *refused, *missing;
	size_t refused_count, missing_count;
	struct report_speed speed;
};

struct report {
	char *version;      /* of the runner */
	char *command_line; /* what was typed */
	char *started;      /* UTC, RFC 3339 */
	struct report_target target;
	struct report_case *cases; /* sorted by id */
	size_t case_count;
	long wall_us;
	int workers, repeat;
	bool shuffled;
	unsigned long seed;           /* when shuffled */
	int shard_index, shard_count; /* 1 of 1 without --shard */
	const char *interrupted;      /* NULL, or the signal ("SIGINT") */
	char **troubles; /* workers that died or misbehaved, one sentence each */
	size_t trouble_count;
};

struct comparison_set; /* comparison.h */

/** The runs of one command, one a target, in the order in which the targets were named; at
 *  least one. */
struct report_set {
	const struct report *runs;
	size_t count;
	/* What is different from a baseline, or on the other targets; NULL: nothing to
	 * compare with. */
	const struct comparison_set *changes;
};

/** Whether R has a case with this ID. */
bool report_has(const struct report *r, const char *id);

/** Whether C makes the run end with status 1: any verdict but pass, known, and
 *  unsupported as announced. */
bool report_case_is_unexpected(const struct report_case *c);

/** The word that reports print for C: its verdict, or "known", "fixed", "unstable", or
 *  "not run". */
const char *report_case_word(const struct report_case *c);

/** The line that repeats C: "assay run 'pipe/limits/x'" with -t when the target is not
 *  local.  Written to BUFFER, cut at SIZE. */
void report_repeat_line(const struct report *r, const struct report_case *c, char *buffer,
	size_t size);

/** How a terminal report is to look. */
struct report_style {
	bool color;
	bool quiet;   /* only what is unexpected, and the last line */
	bool verbose; /* every case with its notes and duration */
	int columns;  /* at least 40 */
};

/** Writes SET to OUT in one format.  Returns false only when it cannot be shown; errors of
 *  OUT are left in ferror(OUT) for the caller. */
bool report_terminal(const struct report_set *set, const struct report_style *style,
	FILE *out, struct problem *why);
bool report_json(const struct report_set *set, FILE *out, struct problem *why);
bool report_tap(const struct report_set *set, FILE *out, struct problem *why);
bool report_junit(const struct report_set *set, FILE *out, struct problem *why);
bool report_markdown(const struct report_set *set, FILE *out, struct problem *why);
bool report_html(const struct report_set *set, FILE *out, struct problem *why);

/** One failing case as the terminal shows it while the run goes on. */
void report_terminal_case(const struct report *r, const struct report_case *c,
	const struct report_style *style, FILE *out);

/** The format called NAME ("json"), or NULL. */
typedef bool (*report_function)(const struct report_set *set, FILE *out,
	struct problem *why);
report_function report_format(const char *name);

/** Writes SET in FORMAT to PATH, whole or not at all: a temporary file beside it, fsync,
 *  rename.  A path that exists and is no regular file (/dev/stdout, a pipe) is written
 *  directly.  On failure nothing is left and *WHY names path and reason. */
bool report_to_file(const struct report_set *set, report_function format,
	const char *path, struct problem *why);

/** The same for SIZE bytes that are rendered already. */
bool report_bytes_to_file(const char *bytes, size_t size, const char *path,
	struct problem *why);

#endif
