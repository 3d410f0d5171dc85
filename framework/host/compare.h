/*
 * compare: reports held against one another (`assay compare`, --baseline, several targets).
 */
#ifndef ASSAY_HOST_COMPARE_H
#define ASSAY_HOST_COMPARE_H

#include "comparison.h"
#include "options.h"
#include "problem.h"
#include "report.h"

#include <stdbool.h>

/** Compares the runs of NEW with those of OLD: each with that of the same target, or a single
 *  one with a single one.  A run without a counterpart is all new; *GONE is the first run
 *  of OLD that has none, or NULL.  *OUT is released with comparison_set_free(); its title is
 *  the caller's. */
bool compare_runs(const struct report_set *old, const struct report_set *new,
	struct comparison_set *out, const struct report **gone, struct problem *why);

/** Compares all runs of SET but the first with the first. */
bool compare_targets(const struct report_set *set, struct comparison_set *out,
	struct problem *why);

/** `assay compare OLD [NEW]`.  Returns an exit status: 1 when something became worse. */
int compare_main(const struct options *options, struct problem *why);

#endif
