/*
 * limit: the limits of a process by name, as the grammar of faults has them.
 */
#ifndef ASSAY_INJECTORS_LIMIT_H
#define ASSAY_INJECTORS_LIMIT_H

#include "problem.h"

#include <stdbool.h>
#include <stdint.h>

/** Sets the soft limit NAME ("nofile", shared/resource_name.h) of the calling process to
 *  VALUE; what it starts inherits it.  The hard limit stays, so it can be raised again.
 *  False with *WHY. */
bool limit_named(const char *name, uint64_t value, struct problem *why);

#endif
