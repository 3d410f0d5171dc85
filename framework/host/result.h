/*
 * result: from answers of workers to the cases of a report.  One outcome is what one run of
 * a case ended with; the report's case is the sum of its runs and of the expectations.
 */
#ifndef ASSAY_HOST_RESULT_H
#define ASSAY_HOST_RESULT_H

#include "catalog.h"
#include "expected.h"
#include "problem.h"
#include "report.h"

#include <jansson.h>
#include <stdbool.h>

/** One run of one case; texts are owned, never NULL once filled. */
struct outcome {
	enum verdict verdict;
	bool announced;
	char *text, *got, *wanted, *who, *file, *output, *points;
	int line;
	size_t output_dropped;
	struct report_note *notes;
	size_t note_count;
	char **leftovers;
	size_t leftover_count;
	int worker;
	long duration_us;
};

/** Fills *OUT from MESSAGE, of type "result".  False, *OUT empty, when it is not the answer
 *  for the case ID or a field is wrong. */
bool outcome_read(const json_t *message, const char *id, struct outcome *out,
	struct problem *why);

/** An outcome that the runner itself gives to C: VERDICT, the line TEXT, the place where
 *  the case is written, and what the worker wrote to standard error as the output. */
void outcome_judge(struct outcome *out, const struct report_case *c, enum verdict verdict,
	const char *text, const char *output);

void outcome_free(struct outcome *outcome);

/** Makes *OUT a case that was not run yet. */
void result_begin(struct report_case *out, const struct catalog_case *c);

/** Adds one run to C, takes the contents of *OUTCOME and sets the overlay.  What C tells is
 *  the first run that is no pass, else the first; its duration is that of the longest run.
 *  A deviation other than the EXPECTED one is shown with both. */
void result_add(struct report_case *c, struct outcome *outcome,
	const struct expectations *expected);

/** Replaces one run of C that was counted as VERDICT by *OUTCOME; otherwise the same. */
void result_replace(struct report_case *c, enum verdict verdict, struct outcome *outcome,
	const struct expectations *expected);

void result_free(struct report_case *c);

#endif
