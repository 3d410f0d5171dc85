/*
 * processor: one processor for processes that take turns, such as a tracer and its tracee: to
 * wake one that sleeps on another processor costs ten times as much as to switch to it.
 */
#ifndef ASSAY_SHARED_PROCESSOR_H
#define ASSAY_SHARED_PROCESSOR_H

#include <sched.h>

/** The number of the processor where the caller runs; -1 when the system does not say. */
int processor_here(void);

/** Keeps the calling thread, and what it starts from now on, on processor NUMBER.  *BEFORE, for
 *  processor_leave(), is where it was allowed to run.  Does nothing where NUMBER is -1, where
 *  the thread has no choice anyway, and for one of a real-time priority. */
void processor_stay(int number, cpu_set_t *before);

/** Lets the calling thread run again where it was allowed before processor_stay(). */
void processor_leave(const cpu_set_t *before);

#endif
