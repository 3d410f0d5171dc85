/*
 * reception: what a worker says, or fails to say, and what that makes of the run.  A worker
 * that breaks costs the case that it has, is ended and is named in the report.
 */
#ifndef ASSAY_HOST_RECEPTION_H
#define ASSAY_HOST_RECEPTION_H

#include "run.h"

/** Takes all that WORKER has said; what it said may be its end. */
void reception_listen(struct run *run, struct worker *worker);

/** Ends WORKER if its time is over and it has not answered. */
void reception_expire(struct run *run, struct worker *worker);

/** WORKER, which is there or could not be started, broke as WHY says. */
void reception_fail(struct run *run, struct worker *worker, const struct problem *why);

#endif
