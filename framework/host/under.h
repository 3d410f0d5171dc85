/*
 * under: one case run under a debugger that has the terminal, without any deadline.
 */
#ifndef ASSAY_HOST_UNDER_H
#define ASSAY_HOST_UNDER_H

#include "schedule.h"

/** Runs the one case of SCHEDULE's plan on a worker of its target, which has .under set.
 *  SIGINT is left to the debugger.  On return the worker is gone; a worker that ends
 *  without an answer makes the case broken, before its hello it was not run. */
enum schedule_end under_run(const struct schedule *schedule);

#endif
