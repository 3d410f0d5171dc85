/*
 * clock: the one clock of runner and worker, monotonic, in microseconds.
 */
#ifndef ASSAY_SHARED_CLOCK_H
#define ASSAY_SHARED_CLOCK_H

#include <stdint.h>

/** Microseconds of CLOCK_MONOTONIC. */
int64_t clock_now_us(void);

/** How long poll(2) may wait, in milliseconds, from NOW_US until DUE_US: rounded up, so that
 *  a wait never ends just before its time; -1 (for ever) when DUE_US is INT64_MAX. */
int clock_poll_ms(int64_t now_us, int64_t due_us);

#endif
