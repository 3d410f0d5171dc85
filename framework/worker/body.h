/*
 * body: the case process.  It lets Check fork and run the body, and remembers what Check
 * says of it.  Check is not the channel of the verdict: that is the ledger.
 */
#ifndef ASSAY_WORKER_BODY_H
#define ASSAY_WORKER_BODY_H

#include "catalog.h"

/** Runs the body of WHICH under Check and ends the process with status 0. */
void body_run(const struct catalog_case *which) __attribute__((noreturn));

/** Settles the case, or the point of a sweep, as failed when a peer was never joined, killed
 *  or forgotten. */
void body_require_settled_peers(void);

#endif
