/*
 * body: the case process.  It lets Check fork and run the body, and remembers what Check
 * says of it.  Check is not the channel of the verdict: that is the ledger.
 */
#ifndef ASSAY_WORKER_BODY_H
#define ASSAY_WORKER_BODY_H

#include "catalog.h"

/** Runs the body of WHICH under Check and ends the process with status 0. */
void body_run(const struct catalog_case *which) __attribute__((noreturn));

#endif
