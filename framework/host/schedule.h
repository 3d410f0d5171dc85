/*
 * schedule: the poll loop of a run.  It gives cases to workers, holds their deadlines,
 * replaces workers that break, and fills the report.  It prints nothing.
 */
#ifndef ASSAY_HOST_SCHEDULE_H
#define ASSAY_HOST_SCHEDULE_H

#include "catalog.h"
#include "expected.h"
#include "plan.h"
#include "progress.h"
#include "queue.h"
#include "report.h"
#include "session.h"
#include "target.h"

#include <stdbool.h>

enum {
	SCHEDULE_GRACE_MS = 2000,  /* for an answer, beyond the deadline of its case */
	SCHEDULE_WAIT_MS = 30000,  /* longest wait for a budget that another run holds */
	SCHEDULE_FAILURES_MAX = 5, /* workers replaced in a row without a good answer */
	SCHEDULE_END_MS = 2000,    /* for workers to end when told to */
	SCHEDULE_HANG_DIVISOR =
		50, /* by which its deadline is shorter where it is known to hang */
	SCHEDULE_REQUEST_BYTES = 512,
	SCHEDULE_DEADLINE_MAX_MS = 86400000, /* a worker takes no longer one */
};

enum schedule_end {
	SCHEDULE_DONE,        /* all was run, or --fail-fast ended it */
	SCHEDULE_GAVE_UP,     /* SCHEDULE_FAILURES_MAX was reached */
	SCHEDULE_INTERRUPTED, /* REPORT->interrupted is set */
};

/** What the run on one target is made of; all of it is the caller's. */
struct schedule {
	const struct target *target;
	const struct catalog *catalog;
	const struct plan *plan;
	const struct expectations *expected;
	struct queue_rules rules;
	int jobs;       /* workers at once */
	int timeout_ms; /* deadline of every case; 0: its own */
	bool fail_fast;
	const char *at;   /* the point of a sweep to visit, or NULL */
	bool exhaustive;  /* all points of sweeps */
	int interrupt_fd; /* see interrupt.h */
	struct progress *progress;
	struct report *report;   /* .cases[i] is the plan's case i */
	struct session *session; /* the target's first worker, taken over */
	enum schedule_end end;   /* set by schedule_run() */
};

/** Writes the request that has the case ID run, with the deadline DEADLINE_MS; -1: its own. */
void schedule_request(const struct schedule *schedule, const char *id, int deadline_ms,
	char request[SCHEDULE_REQUEST_BYTES]);

/** Runs the plans of COUNT targets side by side.  On return no worker is left, each report
 *  holds what was done, and its .troubles names every worker that died or broke the
 *  protocol.  A target that gives up does not end the others. */
void schedule_run(struct schedule *schedules, size_t count);

#endif
