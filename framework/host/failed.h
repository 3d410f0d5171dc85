/*
 * failed: which cases of an earlier run were not right, from its json report.
 */
#ifndef ASSAY_HOST_FAILED_H
#define ASSAY_HOST_FAILED_H

#include "problem.h"

#include <stdbool.h>
#include <stddef.h>

/** Ids, each and all freed with failed_free(). */
struct failed {
	char **ids;
	size_t count;
};

/** Reads the json report PATH and takes the cases that were unexpected or not run, on any of its
 *  targets.  False
 *  when it cannot be read or is no report. */
bool failed_read(const char *path, struct failed *out, struct problem *why);

void failed_free(struct failed *failed);

#endif
