/*
 * standstill: the proof that nothing of a point will ever go on: every process below the
 * caller asleep in calls without a timeout, twice the same, so that nobody is left who could
 * wake another; or one that loops over memory that nobody else can change (tracer.h), and
 * all others asleep in this manner.  No time limit decides it.  Timers (alarm, timerfd) are
 * not seen: functions of a sweep use none.
 */

#ifndef ASSAY_WORKER_STANDSTILL_H
#define ASSAY_WORKER_STANDSTILL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum stillness {
	STILL_MOVING, /* somebody runs, may still be woken by a timeout, or cannot be seen */
	STILL_ASLEEP, /* all sleep, for as long as nobody wakes them */
	STILL_BUSY,   /* all sleep like that, but for one thread that runs and runs */
};

/** One look. */
struct standstill {
	enum stillness stillness;
	uint64_t picture;  /* of who sleeps where, and how often each has been switched */
	pid_t busy;        /* STILL_BUSY: the thread */
	long long busy_ns; /* its processor time since the attack was over */
	bool has_ended;    /* that thread, while it was stepped, with this wait status */
	int status;
	char text[400]; /* "waiter asleep in futex, survivor asleep in wait" */
};

/** Looks at all processes below the caller. */
void standstill_look(struct standstill *out);

/** Whether a second look, taken after FIRST, proves that nobody will go on.  May single-step
 *  a busy thread, and then looks again. */
bool standstill_is_proven(const struct standstill *first, struct standstill *second);

#endif
