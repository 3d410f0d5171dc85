/*
 * sweep_calls: which calls of a foreign program a sweep lets fail, and how.
 */
#ifndef ASSAY_HOST_SWEEP_CALLS_H
#define ASSAY_HOST_SWEEP_CALLS_H

#include "errno_of_call.h"

#include <stdbool.h>
#include <stddef.h>

/** The call number INDEX (from 0) of those that are swept unless others are asked for, a name
 *  as rules have it; NULL behind the last. */
const char *sweep_calls_name(size_t index);

/** The same of those whose transfers can be cut. */
const char *sweep_calls_transfer(size_t index);

/** The errors of CALL, a family or a single call, as its manual page has them, into ERRORS;
 *  with those that only a wrong argument causes when WITH_ARGUMENTS.  Returns how many; 0
 *  when nothing is known of CALL. */
size_t sweep_calls_errors(const char *call, bool with_arguments,
	int errors[ERRNO_OF_CALL_MAX]);

#endif
