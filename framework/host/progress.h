/*
 * progress: what a person sees while the run goes on: unexpected cases as they come, and
 * on a terminal a bar below them.
 */
#ifndef ASSAY_HOST_PROGRESS_H
#define ASSAY_HOST_PROGRESS_H

#include "report.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct progress {
	const struct report_set *set;
	const struct report_style *style;
	FILE *cases;        /* where unexpected cases are shown, or NULL */
	bool has_bar;       /* on standard error */
	size_t total, done; /* runs of cases */
	size_t unexpected;  /* cases */
	int64_t started_us, drawn_us;
	const char ***shown; /* by run and case: the word with which it was shown */
};

/** Begins to show SET, of whose cases TOTAL runs will be made. */
void progress_begin(struct progress *progress, const struct report_set *set,
	size_t total);

/** One more run of the case C of REPORT was made.  Shows C if it is newly unexpected or has
 *  another word now.  With AGAIN the run was counted before. */
void progress_case(struct progress *progress, const struct report *report,
	const struct report_case *c, bool again);

/** Draws the bar if it is time to. */
void progress_draw(struct progress *progress, int64_t now_us);

/** When the bar is to be drawn next; INT64_MAX without a bar. */
int64_t progress_due_us(const struct progress *progress);

/** Removes the bar and releases what progress_begin() took. */
void progress_end(struct progress *progress);

#endif
