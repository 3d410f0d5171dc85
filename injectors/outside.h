/*
 * outside: system calls that valgrind does not know and would refuse.  Under valgrind they are
 * made past it, by a function that it lets run on the processor itself; elsewhere they are made
 * like any other.  For x86-64, in a build that found valgrind's headers.
 */
#ifndef ASSAY_INJECTORS_OUTSIDE_H
#define ASSAY_INJECTORS_OUTSIDE_H

#include "match.h"

/** Like syscall(2), with four arguments at most. */
long outside_call(long number, long first, long second, long third, long fourth);

/** Whether SEEN, made by a process under the same valgrind as the caller, is a call that
 *  valgrind makes for itself and not for its program: what it maps for its own use and the
 *  descriptors that it keeps above those of the program.  False without valgrind. */
bool outside_made(const struct match_seen *seen);

#endif
