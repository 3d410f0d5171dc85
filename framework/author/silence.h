/*
 * silence: the proof that a function does its work without the kernel.
 */
#ifndef ASSAY_AUTHOR_SILENCE_H
#define ASSAY_AUTHOR_SILENCE_H

#include <stdbool.h>

/** Runs FUNCTION(ARG) in a forked process until it returns or makes its first system call of
 *  the family CALL (shared/call.h), which is not executed.  Returns whether it made one.
 *  A claim of FUNCTION that goes wrong ends the case as always; it may start no peers and
 *  must not end its process.  Wants NEED_SECCOMP. */
#define makes_call(call, function, arg) \
	makes_call_at((call), (function), (arg), #function, __FILE__, __LINE__)
bool makes_call_at(const char *call, void (*function)(void *), void *arg,
	const char *name, const char *file, int line);

#endif
