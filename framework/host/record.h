/*
 * record: the report of this run, from its beginning to its release.
 */
#ifndef ASSAY_HOST_RECORD_H
#define ASSAY_HOST_RECORD_H

#include "catalog.h"
#include "plan.h"
#include "report.h"

/** Begins REPORT: version, command line (ARGV, up to a NULL), the time now, and no case. */
void record_begin(struct report *report, char **argv);

/** The time now in UTC, as RFC 3339 has it; freed by the caller. */
char *record_time_now(void);

/** Adds the cases of PLAN, none of which was run. */
void record_cases(struct report *report, const struct catalog *catalog,
	const struct plan *plan);

/** Adds a trouble, one sentence. */
void record_trouble(struct report *report, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

void record_free(struct report *report);

#endif
