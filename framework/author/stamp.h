/*
 * stamp: the clock by which the kernel dates what happens to files and queues.
 */
#ifndef ASSAY_AUTHOR_STAMP_H
#define ASSAY_AUTHOR_STAMP_H

#include "word.h"

#include <time.h>

/** Waits until the clock of such dates, CLOCK_REALTIME_COARSE, shows a time later than THAN: what
 *  is marked from then on has a later date than that.  Sleeps, up to a second for {S, 999999999}.
 *  Orders nothing but the date. */
void stamp_wait_past(struct timespec than);

/** The same for dates in whole seconds. */
void stamp_wait_past_second(time_t than);

/* Each notes where it stands. */
#define stamp_wait_past(than) (WORD_AT_HERE, (stamp_wait_past)(than))
#define stamp_wait_past_second(than) (WORD_AT_HERE, (stamp_wait_past_second)(than))

#endif
