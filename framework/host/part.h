/*
 * part: what one target has of a run: its first worker, its expectations, its choice of
 * cases, its report.
 */
#ifndef ASSAY_HOST_PART_H
#define ASSAY_HOST_PART_H

#include "expected.h"
#include "failed.h"
#include "options.h"
#include "plan.h"
#include "problem.h"
#include "record.h"
#include "schedule.h"
#include "session.h"

#include <stdbool.h>

/** What all parts of a run share; the caller's. */
struct part_order {
	const struct options *options;
	const struct failed *failed;
	struct shard shard;
	unsigned long seed;
	int interrupt_fd;
	bool may_miss; /* patterns that match no case of this target are good */
};

struct part {
	const struct part_order *order;
	const struct target *target;
	struct report *report;
	struct session session;
	struct expectations expected;
	struct plan plan;
	bool is_met;   /* its worker has listed its cases */
	bool is_ready; /* and those to run are chosen */
};

/** Starts the first worker, without waiting for it. */
bool part_start(struct part *part, struct problem *why);

/** Waits until the worker has said hello and listed its cases, and measures its speed.
 *  False with an empty *WHY when a signal came. */
bool part_meet(struct part *part, struct problem *why);

/** Reads the expectations, chooses the cases and begins the report.  False when a pattern
 *  or an expectation cannot be used. */
bool part_choose(struct part *part, struct problem *why);

/** Says on standard error what a person should know before the run. */
void part_remark(const struct part *part);

/** The target is named in the report, and what the worker said of it as far as it came. */
void part_name(struct part *part);

/** What schedule_run() needs for it. */
struct schedule part_schedule(struct part *part, struct progress *progress);

void part_free(struct part *part);

#endif
