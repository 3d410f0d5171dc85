/*
 * forbid: a system call family whose first call is the end of the process.  A seccomp filter
 * for the calling process and what it starts from then on; it cannot be taken back.
 */
#ifndef INJECTORS_FORBID_H
#define INJECTORS_FORBID_H

#include "problem.h"

#include <stdbool.h>

/** From here on the first call of the family CALL kills the process with SIGSYS, whatever
 *  its handlers and its mask.  Returns false when the kernel does not take the filter. */
bool forbid(const char *call, struct problem *why);

#endif
