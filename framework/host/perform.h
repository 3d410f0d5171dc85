/*
 * perform: `assay run` from its options to its exit status.  Errors go up to main, which
 * prints them; remarks that are no errors go to standard error.
 */
#ifndef ASSAY_HOST_PERFORM_H
#define ASSAY_HOST_PERFORM_H

#include "options.h"
#include "problem.h"

/** The exit status of assay.  130, 143 and 129 stand for SIGINT, SIGTERM and SIGHUP. */
enum status {
	STATUS_RIGHT = 0,
	STATUS_UNEXPECTED = 1,
	STATUS_USAGE = 2,
	STATUS_UNABLE = 3,
	STATUS_SIGNAL = 128,
};

/** Runs what OPTIONS ask for.  *WHY stays empty unless something is to be said; *ERRORS is
 *  what the first target's first worker wrote to standard error, if it came to nothing;
 *  freed by the caller. */
int perform_run(const struct options *options, char **argv, char **errors,
	struct problem *why);

#endif
