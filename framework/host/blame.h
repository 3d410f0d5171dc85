/*
 * blame: what a worker's misbehaviour costs.  A case that it had ends with a verdict of the
 * runner's own, the worker is ended and named in the report, and the hand-out replaces it.
 */
#ifndef ASSAY_HOST_BLAME_H
#define ASSAY_HOST_BLAME_H

#include "result.h"
#include "run.h"

/** WORKER gave a good answer: adds OUTCOME to the case that it had and takes it. */
void blame_none(struct run *run, struct worker *worker, struct outcome *outcome);

/** WORKER broke, "the worker REASON": the case that it has, if any, ends with VERDICT. */
void blame_worker(struct run *run, struct worker *worker, enum verdict verdict,
	const char *reason);

/** WORKER broke the protocol as WHY says. */
void blame_protocol(struct run *run, struct worker *worker, const struct problem *why);

/** WORKER did not take the case that it has, "the worker REASON", and may go on. */
void blame_refusal(struct run *run, struct worker *worker, const char *reason);

/** WORKER gave an answer for the case before the one it has. */
void blame_second_answer(struct run *run, struct worker *worker);

#endif
