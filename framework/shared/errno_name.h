/*
 * errno_name: errors and signals by name.  strerrorname_np and sigabbrev_np exist in glibc
 * only.
 */
#ifndef ASSAY_SHARED_ERRNO_NAME_H
#define ASSAY_SHARED_ERRNO_NAME_H

/** "EAGAIN" for EAGAIN, "0" for 0, "errno 4711" for an unknown number (then valid until the
 *  next call of the thread). */
const char *errno_name(int error);

/** "SIGPIPE" for SIGPIPE, "signal 45" for one without a name (valid until the next call of
 *  the thread). */
const char *signal_name(int signal);

#endif
