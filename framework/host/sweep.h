/*
 * sweep: the command `assay sweep`: records a foreign program, visits every fault point of it
 * in workers (assay-worker --foreign), judges, reports.  What the files sweep_*.c share.
 */
#ifndef ASSAY_HOST_SWEEP_H
#define ASSAY_HOST_SWEEP_H

#include "conversation.h"
#include "problem.h"
#include "sweep_options.h"
#include "sweep_report.h"
#include "target.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	SWEEP_ASKED_MAX = 4, /* points that a worker has been given */
	SWEEP_RULE_BYTES = 128,
	SWEEP_GRACE_MS = 20000, /* for an answer, beyond the limit of its run */
	SWEEP_FAILURES_MAX = 5, /* workers replaced in a row without an answer */
};

/** What the program does without faults. */
struct sweep_record {
	json_t *run;      /* the first run's answer */
	bool same_output; /* two runs wrote the same */
	bool same_files;
	bool has_timers;
	int limit_ms;
};

struct sweep_worker {
	struct process process;
	struct conversation talk;
	size_t asked[SWEEP_ASKED_MAX]; /* points, the first is being run */
	size_t asked_count;
	int64_t due_us;
	bool is_alive, is_ready; /* it has said hello */
};

struct sweep {
	const struct sweep_options *options;
	char *worker_path;
	struct sweep_record record;
	struct sweep_report report;
	struct sweep_worker *workers;
	size_t worker_count;
	size_t *pending; /* points, from .next on */
	size_t pending_count, next;
	size_t *again; /* points of workers that died */
	size_t again_count;
	int failures;
	bool is_misused; /* a rule of the command line is none */
	int interrupt_fd;
	int resume_fd;
	size_t done;
};

/** The whole command.  Returns the exit status. */
int sweep_main(int argc, char **argv);

/** Adds a remark to the report. */
void sweep_remark(struct sweep *sweep, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/** sweep_worker.c: starts worker NUMBER (from 0) for the program; ends it. */
bool sweep_worker_start(struct sweep *sweep, size_t number, struct problem *why);
void sweep_worker_end(struct sweep_worker *worker);

/** Sends REQUEST (with its line break) to WORKER and waits for the answer of type WANTED,
 *  a new reference in *ANSWER.  False with *WHY, which is empty when a signal came. */
bool sweep_worker_ask(struct sweep *sweep, struct sweep_worker *worker,
	const char *request, const char *wanted, json_t **answer, struct problem *why);

/** sweep_record.c: runs the program without faults, fills sweep->record and the report's
 *  calls.  False like sweep_worker_ask(). */
bool sweep_record(struct sweep *sweep, struct problem *why);

/** sweep_points.c: makes the report's points of its calls. */
bool sweep_points(struct sweep *sweep, struct problem *why);

/** sweep_judge.c: what the answer RUN says of POINT. */
void sweep_judge(const struct sweep *sweep, const json_t *run, struct sweep_point *point);

/** sweep_resume.c: reads the file of --resume, which need not exist, takes over its points
 *  and opens it for more; writes one point to it. */
bool sweep_resume_open(struct sweep *sweep, struct problem *why);
bool sweep_resume_add(struct sweep *sweep, const struct sweep_point *point,
	struct problem *why);

/** sweep_visit.c: visits all points that are to do.  False with *WHY when workers fail again
 *  and again; a signal sets the report's .interrupted. */
bool sweep_visit(struct sweep *sweep, struct problem *why);

#endif
