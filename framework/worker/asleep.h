/*
 * asleep: the proof that a foreign program will never go on: every thread of every process of
 * it asleep in a call without a timeout, and nobody outside who could wake it.  Found from
 * /proc, for programs of every architecture that this kernel runs.
 */
#ifndef ASSAY_WORKER_ASLEEP_H
#define ASSAY_WORKER_ASLEEP_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/** One look at all processes of a pid namespace. */
struct asleep {
	bool all;         /* asleep, without a timeout */
	uint64_t picture; /* of who sleeps where, and how often each was switched to */
	char text[300];   /* "sort asleep in read, sort asleep in futex" */
};

/** Looks at all processes that /proc shows, but the caller.  Two looks that are equal, with
 *  a pause between them, are the proof, unless a timer is set that no call shows (alarm). */
void asleep_look(struct asleep *out);

#endif
