/*
 * sweep: runs the SWEEP of a suite: records its victim once, visits every point of it (or a
 * sample), and settles one verdict for all.  Called in the process of the body, which is the
 * parent of every point's process; points run one after another.
 */
#ifndef ASSAY_WORKER_SWEEP_H
#define ASSAY_WORKER_SWEEP_H

#include "catalog.h"

/** Runs the sweep WHICH, as ledger->sweep_at and ledger->sweep_exhaustive say.  Returns when the promise
 *  held at every point visited; otherwise ends the case. */
void sweep_run(const struct catalog_case *which);

#endif
