/*
 * sweep_report: what `assay sweep` found of a foreign program, and the formats that can show
 * it.  The runner fills a struct sweep_report; the formats depend on shared/ only.
 */
#ifndef ASSAY_REPORTS_SWEEP_REPORT_H
#define ASSAY_REPORTS_SWEEP_REPORT_H

#include "problem.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/** What became of one run with one fault. */
enum sweep_class {
	SWEEP_CLEAN_ERROR, /* a status other than that of the run without faults, and not 0 */
	SWEEP_SAME,        /* the same status, output and files */
	SWEEP_CRASH,       /* a fatal signal */
	SWEEP_HANG,        /* all asleep for ever, or beyond the limit */
	SWEEP_SILENT,      /* status 0, and output or files are wrong */
	SWEEP_LEFTOVER, /* something is left that the run without faults does not leave */
	SWEEP_UNREACHED, /* the call did not come so often this time: nothing was tried */
	SWEEP_BROKEN,    /* assay could not try it */
	SWEEP_NOT_RUN,   /* of another shard, or the sweep ended first */
	SWEEP_CLASS_COUNT,
};

/** One point: the OCCURRENCE-th (from 1) call fails with ERROR; 0 for what is no error: a
 *  short transfer, or a rule of the command line. */
struct sweep_point {
	size_t call; /* index in the report's calls */
	unsigned long occurrence;
	int error;
	char *rule; /* "fail:open#2=ENOSPC" */
	enum sweep_class class;
	char *text; /* what happened, one line, or NULL: nothing more to say */
	char *said; /* the beginning of its standard error, one line, or NULL */
};

struct sweep_call {
	const char *name; /* of a call; or a rule, all by itself */
	bool is_rule;
	unsigned long seen;   /* how often in the run without faults */
	unsigned long chosen; /* how many of those are visited */
};

struct sweep_report {
	const char *version;
	char *command; /* for a shell, quoted where needed */
	char *started; /* UTC, RFC 3339 */
	char *clean;   /* how the run without faults ended: "exit 0, 3 files, 12 bytes" */
	struct sweep_call *calls;
	size_t call_count;
	struct sweep_point *points;
	size_t point_count;
	char **remarks; /* what limits what was found, one sentence each */
	size_t remark_count;
	int workers, shard_index, shard_count;
	long wall_us;
	size_t resumed;          /* points taken from an earlier sweep */
	const char *interrupted; /* NULL, or the signal */
};

/** "crash"; "silent wrong result"; "same result" ... */
const char *sweep_class_name(enum sweep_class class);

/** Whether the class is a finding: crash, hang, silent wrong result, leftover. */
bool sweep_class_is_bad(enum sweep_class class);

/** Whether POINT is repeated by a sweep alone, in file systems of its own. */
bool sweep_point_wants_world(const struct sweep_point *point);

/** Writes R to OUT.  The terminal form shows at most SHOWN bad points of a class (0: all),
 *  COLUMNS wide. */
bool sweep_terminal(const struct sweep_report *r, FILE *out, size_t shown, int columns,
	bool color);
bool sweep_json(const struct sweep_report *r, FILE *out, struct problem *why);
bool sweep_junit(const struct sweep_report *r, FILE *out, struct problem *why);

typedef bool (*sweep_format)(const struct sweep_report *r, FILE *out,
	struct problem *why);

/** Writes R in FORMAT to PATH, whole or not at all, like report_to_file(). */
bool sweep_to_file(const struct sweep_report *r, sweep_format format, const char *path,
	struct problem *why);

#endif
