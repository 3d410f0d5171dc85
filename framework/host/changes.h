/*
 * changes: what a run is held against: a baseline, or its first target.
 */
#ifndef ASSAY_HOST_CHANGES_H
#define ASSAY_HOST_CHANGES_H

#include "comparison.h"
#include "part.h"
#include "problem.h"
#include "report.h"

#include <stdbool.h>

struct changes {
	const char *path; /* of the baseline, or NULL */
	struct report *baseline;
	size_t baseline_count;
	struct comparison_set found;
	char *title;
	bool has_lost_target; /* one that the baseline has */
};

/** Reads the baseline PATH; NULL: there is none.  *OUT is released with changes_free() in
 *  every case. */
bool changes_open(struct changes *out, const char *path, struct problem *why);

/** Compares the runs of SET, the reports of PARTS: with the baseline as far as its cases were
 *  chosen, or without one all but the first with the first.  Sets SET->changes when there
 *  is something to compare with. */
bool changes_find(struct changes *changes, const struct part *parts,
	struct report_set *set, struct problem *why);

/** Whether there is a baseline, and the run became worse than it. */
bool changes_are_bad(const struct changes *changes);

void changes_free(struct changes *changes);

#endif
