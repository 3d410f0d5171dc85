/*
 * filter: the seccomp filter of a process under supervision (supervisor.h): which of its
 * calls wait for an answer.
 */
#ifndef ASSAY_INJECTORS_FILTER_H
#define ASSAY_INJECTORS_FILTER_H

#include "rule.h"

/** Installs a filter on the calling thread that notifies for the calls of RULES, on every
 *  architecture that an x86-64, arm64 ... kernel also runs; AND_EXEC: and for execve and
 *  execveat.  Sets no_new_privs where the caller lacks CAP_SYS_ADMIN.  Returns the listener
 *  (close-on-exec, the lowest free descriptor), or -1 with *WHY. */
int filter_install(const struct rule *rules, size_t count, bool and_exec,
	struct problem *why);

/** Compiles the filter for RULES once for all that filter_install() is asked for with the same
 *  calls, here and in children: a tenth of a millisecond less for each.  Not from two threads
 *  at once.  False with *WHY. */
bool filter_prepare(const struct rule *rules, size_t count, bool and_exec,
	struct problem *why);

#endif
