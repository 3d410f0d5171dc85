/*
 * sweep_errors: the attacks of a sweep that a supervisor carries out instead of the tracer:
 * each call of the victim fails with each error of its manual page, or with EINTR.
 */
#ifndef ASSAY_WORKER_SWEEP_ERRORS_H
#define ASSAY_WORKER_SWEEP_ERRORS_H

#include "sweep_attack.h"

extern const struct sweep_attack sweep_every_error, sweep_interrupts;

#endif
