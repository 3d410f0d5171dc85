/*
 * run: the state of a run that schedule.c (who gets what, and when), reception.c (what comes
 * back), blame.c (what goes wrong) and patience.c (how long it waits) share.  Nobody else includes this.
 */
#ifndef ASSAY_HOST_RUN_H
#define ASSAY_HOST_RUN_H

#include "schedule.h"
#include "worker.h"

/** A case that may have been answered twice: see blame.c. */
struct suspicion {
	bool is_open;
	size_t position;      /* of the suspected case */
	enum verdict verdict; /* as which its run was counted */
	int worker;           /* that ran it */
};

enum run_phase {
	RUN_WORKING, /* hands out cases and takes answers */
	RUN_LEAVING, /* its workers were told to quit */
	RUN_OVER,    /* no worker is left */
};

/** The run on one target. */
struct run {
	struct schedule *schedule;
	struct report *report;
	struct queue queue;
	struct worker *workers;
	size_t worker_count;
	int share; /* workers that share a processor */
	enum run_phase phase;
	int64_t started_us;
	struct suspicion *suspicions; /* by position of the case that will tell */
	int failures;                 /* workers replaced since the last good answer */
	bool is_stopping;             /* nothing more is handed out */
	enum schedule_end end;
};

/** The case at POSITION of the plan. */
const struct catalog_case *run_case(const struct run *run, size_t position);

/** Sets how many workers share a processor: those of all RUNS may share the ones of this machine,
 *  those of one target share its own. */
void run_set_shares(struct run *runs, size_t count);

/** The deadline that a worker is told for the case at POSITION; -1: it finds its own. */
int run_told_deadline_ms(const struct run *run, size_t position);

/** How long a worker may take to answer for the case at POSITION, in microseconds. */
int64_t run_patience_us(const struct run *run, size_t position);

#endif
