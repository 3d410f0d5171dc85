/*
 * trial: how each need is found out: by doing what cases do, in a child that is confined like
 * one.  A new need is a function here and a row of the table.
 */
#ifndef ASSAY_WORKER_TRIAL_H
#define ASSAY_WORKER_TRIAL_H

#include "observe.h"
#include "problem.h"
#include "verdict.h"

#include <stdbool.h>
#include <stddef.h>

/** The result of a trial, in memory shared with its child. */
struct trial {
	bool works;
	enum proof proof; /* of NEED_BLOCK_PROOF */
	struct problem why;
};

typedef void (*trial_function)(struct trial *trial);

struct trial_entry {
	enum need need;
	unsigned isolation; /* without which it is not tried */
	bool range;         /* a range of ids is wanted */
	trial_function try;
};

extern const struct trial_entry trials[];
extern const size_t trial_count;

#endif
