/*
 * processor: one processor for processes that take turns, such as a tracer and its tracee: to
 * wake one that sleeps on another processor costs ten times as much as to switch to it.
 */
#ifndef ASSAY_SHARED_PROCESSOR_H
#define ASSAY_SHARED_PROCESSOR_H

#include <sched.h>

/** Keeps the calling thread, and what it starts from now on, on the processor where it runs.
 *  *BEFORE, for processor_leave(), is where it was allowed to run. */
void processor_stay(cpu_set_t *before);

/** Lets the calling thread run again where it was allowed before processor_stay(). */
void processor_leave(const cpu_set_t *before);

#endif
