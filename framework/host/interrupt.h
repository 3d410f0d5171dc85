/*
 * interrupt: SIGINT, SIGTERM and SIGHUP as a descriptor that the poll loop watches.
 */
#ifndef ASSAY_HOST_INTERRUPT_H
#define ASSAY_HOST_INTERRUPT_H

#include "problem.h"

#include <stdbool.h>

/** Blocks the signals and ignores SIGPIPE and SIGXFSZ, so that a write into a closed
 *  pipe or beyond RLIMIT_FSIZE fails instead.  Returns the descriptor, readable when a signal came, or -1.  A SIGHUP that was
 *  ignored (nohup) stays ignored. */
int interrupt_open(struct problem *why);

/** Takes a signal that has come, without waiting.  Returns its number, 0 for none. */
int interrupt_take(int fd);

/** The name of signal NUMBER ("SIGINT"); one of those above. */
const char *interrupt_name(int number);

/** NAME itself, in memory that stays, when it is such a name; otherwise NULL. */
const char *interrupt_known(const char *name);

/** Lets the signals end the process again, and closes FD. */
void interrupt_close(int fd);

#endif
