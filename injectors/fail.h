/*
 * fail: makes a system call fail with a chosen error, without executing it.
 */
#ifndef ASSAY_INJECTORS_FAIL_H
#define ASSAY_INJECTORS_FAIL_H

#include "problem.h"

#include <stdbool.h>

/** From now on every call of the family CALL (shared/call.h) made by the calling thread
 *  and by all that it starts gives ERROR (1..4095): a seccomp filter with SECCOMP_RET_ERRNO,
 *  which cannot be removed.  Sets no_new_privs where the caller lacks CAP_SYS_ADMIN.  Calls
 *  made through a foreign architecture's table (i386 on x86-64) are left alone. */
bool fail_always(const char *call, int error, struct problem *why);

/** A condition on an argument of a call: argument INDEX (0 is the first), masked, is VALUE. */
struct fail_condition {
	unsigned index;
	unsigned long long mask, value;
};

/** The same for the calls of the family only that meet CONDITION. */
bool fail_always_if(const char *call, struct fail_condition condition, int error,
	struct problem *why);

#endif
