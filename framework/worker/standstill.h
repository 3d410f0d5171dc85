/*
 * standstill: the proof that nothing of a point will ever go on: every process below the
 * caller asleep in calls without a timeout, twice the same, so that nobody is left who could
 * wake another.  No time limit decides it.
 */
#ifndef ASSAY_WORKER_STANDSTILL_H
#define ASSAY_WORKER_STANDSTILL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum stillness {
	STILL_MOVING, /* somebody runs, may still be woken by a timeout, or cannot be seen */
	STILL_ASLEEP,   /* all sleep, for as long as nobody wakes them */
	STILL_SPINNING, /* a thread has spun for SPIN_MS of its own processor time */
};

enum { STILL_SPIN_MS = 50 };

/** One look.  Two that are equal, with STILL_ASLEEP, are the proof. */
struct standstill {
	enum stillness stillness;
	uint64_t picture; /* of who sleeps where, and how often each has been switched */
	char text[400];   /* "waiter asleep in futex, survivor asleep in wait" */
};

/** Looks at all processes below the caller. */
void standstill_look(struct standstill *out);

/** Whether two looks prove that nobody will go on. */
bool standstill_is_proven(const struct standstill *first,
	const struct standstill *second);

#endif
