/*
 * sweep_processor: where the points of a sweep run.  Their processes run one after another, so
 * one processor for a number of points is quicker than a new one for each.  The kernel chooses
 * it, by where it puts a new process; it chooses again now and then, and as soon as a point takes
 * long: others may be at work there.
 */
#ifndef ASSAY_WORKER_SWEEP_PROCESSOR_H
#define ASSAY_WORKER_SWEEP_PROCESSOR_H

#include "sweep_attack.h"

/** In a new point's process: it runs anywhere, and RECORDING says where it began. */
void sweep_processor_begin(struct recording *recording);

/** In its parent, after each point: the next ones begin where that one did, unless it roamed. */
void sweep_processor_settle(const struct recording *recording);

/** In its parent, when a point takes long: from now on it runs anywhere. */
void sweep_processor_roam(void);

#endif
