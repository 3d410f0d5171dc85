/*
 * scope: says which part of a process's life is the claim's.  While the author's code runs,
 * in the body, in its peers and at the points of a sweep, ASSAY_CASE is the case's id in the
 * environment, also in a helper's new image; the framework's own work before and after is
 * outside.  A library that was preloaded into the worker can tell by it when to act
 * (docs/mutants.md).  Internal.
 */
#ifndef ASSAY_AUTHOR_SCOPE_H
#define ASSAY_AUTHOR_SCOPE_H

#define SCOPE_VARIABLE "ASSAY_CASE"

/** From here on the calling process, and what it starts, runs the claim of ID: for the first
 *  time, or, in a new image, again. */
void scope_enter(const char *id);

/** From here on the calling process is the framework's again. */
void scope_leave(void);

/** In a new image: goes on in the scope that it was started in. */
void scope_enter_again(void);

#endif
