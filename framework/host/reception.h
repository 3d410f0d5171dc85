/*
 * reception: what a worker says or fails to say, message by message.
 */
#ifndef ASSAY_HOST_RECEPTION_H
#define ASSAY_HOST_RECEPTION_H

#include "run.h"

/** Takes all that WORKER has said; what it said may be its end. */
void reception_listen(struct run *run, struct worker *worker);

/** What valgrind has found in WORKER since its last case is told as a trouble. */
void reception_tell_findings(struct run *run, struct worker *worker);

/** Ends WORKER if its time is over and it has not answered. */
void reception_expire(struct run *run, struct worker *worker);

#endif
