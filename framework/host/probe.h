/*
 * probe: `assay targets`: meets every target and says what it can do.
 */
#ifndef ASSAY_HOST_PROBE_H
#define ASSAY_HOST_PROBE_H

#include "options.h"
#include "problem.h"

/** Writes to standard output, for each target, what it is, how quick, what it isolates, how it
 *  proves blocking, which faults can be injected, and what it lacks.  Returns an exit status:
 *  3 when a target cannot be met. */
int probe_targets(const struct options *options, struct problem *why);

#endif
