/*
 * errno_of_call: which errors a system call may give, from the ERRORS sections of man-pages,
 * section 2.  For sweeps that let every call fail in every documented way.
 */
#ifndef ASSAY_SHARED_ERRNO_OF_CALL_H
#define ASSAY_SHARED_ERRNO_OF_CALL_H

#include <stdbool.h>
#include <stddef.h>

enum { ERRNO_OF_CALL_MAX = 32 };

/** The errors that the system call CALL ("openat", no family) gives for reasons that lie in
 *  the system: resources, limits, permissions, other processes, signals.  WITH_ARGUMENTS:
 *  and those that only a wrong argument gives (EBADF, EFAULT, EINVAL ...), which no correct
 *  caller has to expect, and at which a C library may abort.  Into ERRORS, each once; returns
 *  how many, 0 for a call that cannot fail or is not in the table. */
size_t errno_of_call(const char *call, bool with_arguments,
	int errors[ERRNO_OF_CALL_MAX]);

/** The same for the futex operation OP (the argument as it is, flags and all), which waits at
 *  most for a time when HAS_TIMEOUT: the page has the errors of each operation. */
size_t errno_of_futex(int op, bool has_timeout, bool with_arguments,
	int errors[ERRNO_OF_CALL_MAX]);

/** Whether the system call CALL can sleep until something happens, and then gives EINTR when a
 *  signal handler runs (signal(7)). */
bool call_can_block(const char *call);

#endif
