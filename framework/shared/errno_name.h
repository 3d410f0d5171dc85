/*
 * errno_name: errors and signals by name, in both directions.  strerrorname_np and
 * sigabbrev_np exist in glibc only.
 */
#ifndef ASSAY_SHARED_ERRNO_NAME_H
#define ASSAY_SHARED_ERRNO_NAME_H

#include <stdbool.h>

/** "EAGAIN" for EAGAIN, "0" for 0, "errno 4711" for an unknown number (then valid until the
 *  next call of the thread). */
const char *errno_name(int error);

/** The error called NAME into *ERROR; other names of the same number (EWOULDBLOCK, ENOTSUP,
 *  EDEADLOCK) are known too.  False for any other text, a number among them. */
bool errno_find(const char *name, int *error);

/** "SIGPIPE" for SIGPIPE, "SIGRTMIN+3" for a real-time signal, "signal 4711" for one without
 *  a name (the last two valid until the next call of the thread). */
const char *signal_name(int signal);

/** The signal called NAME into *SIGNAL: also SIGRTMIN, SIGRTMIN+N, SIGRTMAX, SIGRTMAX-N (N in
 *  decimal, within the range of this C library) and other names of the same number (SIGPOLL,
 *  SIGIOT, SIGCLD).  False for any other text, a number among them. */
bool signal_find(const char *name, int *signal);

#endif
