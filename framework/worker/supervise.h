/*
 * supervise: the keeper's part in fault_arm(): it takes over the listeners that armed
 * processes of the case offer, answers their calls, and tells which rules never fired.
 */
#ifndef ASSAY_WORKER_SUPERVISE_H
#define ASSAY_WORKER_SUPERVISE_H

#include "author/ledger.h"

#include <poll.h>
#include <stddef.h>

enum { SUPERVISE_FDS = 1 + LEDGER_ARMINGS };

/** Before the case process starts: opens LEDGER_WAKE_FD, which the case inherits. */
void supervise_prepare(void);

/** Fills FDS (SUPERVISE_FDS of them) with what to poll; returns how many. */
nfds_t supervise_poll(struct pollfd *fds);

/** After every poll: takes what is offered and answers what waits.  FDS are those of
 *  supervise_poll().  Returns for how many milliseconds it is not needed while they stay
 *  quiet, or -1 for ever. */
int supervise_serve(const struct pollfd *fds, nfds_t count);

/** ", 2 calls stalled by 'stall:...'" into TEXT; "" when none is. */
void supervise_describe(char *text, size_t size);

/** At the end of a case that would pass or fail: `broken` when an armed rule never fired. */
void supervise_settle(void);

#endif
