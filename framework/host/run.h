/*
 * run: the state of a run that schedule.c (who gets what, and when) and reception.c (what
 * comes back) share.  Nobody else includes this.
 */
#ifndef ASSAY_HOST_RUN_H
#define ASSAY_HOST_RUN_H

#include "schedule.h"
#include "worker.h"

struct run {
	const struct schedule *schedule;
	struct report *report;
	struct queue queue;
	struct worker *workers;
	size_t worker_count;
	int failures;     /* workers replaced since the last good answer */
	bool is_stopping; /* nothing more is handed out */
	enum schedule_end end;
};

/** The case at POSITION of the plan. */
const struct catalog_case *run_case(const struct run *run, size_t position);

/** How long a worker may take to answer for the case at POSITION, in microseconds. */
int64_t run_patience_us(const struct run *run, size_t position);

#endif
