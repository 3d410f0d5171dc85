/*
 * comparison: what is different between two runs, case by case: of one target at two times, or
 * of two targets.  Verdicts count as the target gave them, whatever an expectation made of
 * them; of the notes only choices that the standard leaves open.
 */
#ifndef ASSAY_REPORTS_COMPARISON_H
#define ASSAY_REPORTS_COMPARISON_H

#include "report.h"

#include <stdbool.h>
#include <stddef.h>

/** What became of a case, in the order in which reports show it. */
enum change {
	CHANGE_REGRESSED,   /* was right or could not be tried, and now goes wrong */
	CHANGE_FIXED,       /* went wrong, and is right now */
	CHANGE_DIFFERS,     /* goes wrong in another way, or chooses otherwise */
	CHANGE_UNSUPPORTED, /* cannot be tried any more */
	CHANGE_SUPPORTED,   /* can be tried now */
	CHANGE_NEW,         /* is only in the new run */
	CHANGE_GONE, /* is only in the old run, or was not reached in the new one */
	CHANGE_COUNT,
};

/** "regressed", ..., and a sentence that explains it. */
const char *change_name(enum change change);
const char *change_meaning(enum change change);

/** One case that is different; what it points to belongs to the runs. */
struct difference {
	enum change change;
	const struct report_case *old, *new; /* NULL: not in that run */
	bool is_bad;                         /* it makes a comparison end with status 1 */
};

/** Two runs side by side.  Differences are sorted by change, then by id. */
struct comparison {
	const struct report *old,
		*new; /* the caller's; OLD may be NULL: nothing to hold it
					   against, so that all is new */
	struct difference *differences;
	size_t count, counts[CHANGE_COUNT];
	size_t same; /* cases that are in both and equal */
	size_t bad;
};

struct comparison_set {
	struct comparison *all;
	size_t count;
	const char *title; /* "Against the baseline old.json" */
	bool is_judged; /* a regression fails the run: no mere side note of its report */
};

/** Compares NEW with OLD.  *OUT is released with comparison_free(); false without memory. */
bool comparison_make(const struct report *old, const struct report *new,
	struct comparison *out, struct problem *why);
void comparison_free(struct comparison *comparison);
void comparison_set_free(struct comparison_set *set);

/** Whether something in SET is bad. */
bool comparison_set_is_bad(const struct comparison_set *set);

/** What is different, in one line: "pass, now fail: open() gave EINVAL, wanted EEXIST". */
void difference_text(const struct difference *difference, char *buffer, size_t size);

/** The id of the case. */
const char *difference_id(const struct difference *difference);

/** A run in a few words: "local, Linux 6.1.0, glibc 2.36, 2024-02-29T12:00:00Z". */
void comparison_side_text(const struct report *r, char *buffer, size_t size);

/** How a comparison is written; like the functions of report.h. */
typedef bool (*comparison_function)(const struct comparison_set *set, FILE *out,
	struct problem *why);
bool comparison_terminal(const struct comparison_set *set,
	const struct report_style *style, FILE *out, struct problem *why);
bool comparison_json(const struct comparison_set *set, FILE *out, struct problem *why);
bool comparison_markdown(const struct comparison_set *set, FILE *out,
	struct problem *why);
bool comparison_html(const struct comparison_set *set, FILE *out, struct problem *why);

/** The format called NAME, or NULL. */
comparison_function comparison_format(const char *name);

#endif
