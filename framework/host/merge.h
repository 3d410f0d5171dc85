/*
 * merge: `assay merge`: the reports of shards put together into that of the whole run.
 */
#ifndef ASSAY_HOST_MERGE_H
#define ASSAY_HOST_MERGE_H

#include "options.h"
#include "problem.h"

/** Reads the reports that OPTIONS name and writes them as one, in the formats of `assay run`.
 *  Shards that are missing, come twice or are of different runs are refused by name.
 *  Returns the exit status that the whole run would have had. */
int merge_main(const struct options *options, struct problem *why);

#endif
