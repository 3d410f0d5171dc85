/*
 * planted_sweep: what the planted sweeps share: victims with one bad point, in assembly where
 * that is possible, so that no compiler moves it.
 */
#ifndef ASSAY_SELFTEST_PLANTED_SWEEP_H
#define ASSAY_SELFTEST_PLANTED_SWEEP_H

#include "planted.h"

/** A sweep that must end with one of the verdicts named. */
#define PLANT_SWEEP(s, verdicts, ...)                                    \
	SWEEP(planted, sweep, s, .level = LEVEL_LINUX, .spec = verdicts, \
		.state_bytes = sizeof(struct planted_state), __VA_ARGS__)

struct planted_state {
	volatile int word; /* 1 between two instructions of a victim */
	int ends[2];
	int handled, is_done;
	struct peer waiter;
};

/* word = 1; word = 0: one boundary lies between. */
void planted_two_stores(void *state);
/* word = 1, 2, ... 5, 0, in a loop: its store stands at one address. */
void planted_counting(void *state);

#endif
