/*
 * launch: starts a program that nobody here wrote, under rules: limits and fills are put on
 * it before it begins, rules on calls go to a supervisor, armed by its execve(2).
 */
#ifndef ASSAY_WORKER_LAUNCH_H
#define ASSAY_WORKER_LAUNCH_H

#include "problem.h"
#include "rule.h"
#include "supervisor.h"
#include "trace.h"

#include <signal.h>
#include <stdatomic.h>
#include <sys/types.h>

enum { LAUNCH_RULES = 64 };

/** The exit statuses of env(1): assay itself failed, the program is found but cannot be
 *  executed, it is not found. */
enum { LAUNCH_FAILED = 125, LAUNCH_NOT_EXECUTABLE = 126, LAUNCH_NOT_FOUND = 127 };

/** What is to be started, and how. */
struct launch {
	char *path; /* launch_find() */
	char *const *argv;
	const struct rule *rules;
	size_t count;
	int in, out,
		errors;   /* descriptors that become 0, 1 and 2; -1 leaves one as it is */
	bool new_session; /* no terminal */
	bool may_share; /* the caller has one thread, which may wait for the execve, and its
			       * descriptors 0 to 2 may become the program's: it starts sooner */
	bool dies_with_caller;
	const sigset_t *mask; /* of the program */
};

/** A program that was started. */
struct launched {
	pid_t pid;
	struct supervisor *supervisor; /* NULL when no rule is about calls */
	size_t origin[LAUNCH_RULES];   /* rule N of the supervisor is rule origin[N] */
	size_t supervised;
	struct trace *trace; /* NULL when no rule needs one */
	size_t traced_origin[LAUNCH_RULES];
	size_t traced;
};

/** What the program and its starter share; zeroed before each start. */
struct launch_page {
	struct supervisor_gate gate;
	_Atomic int may_go;     /* it is traced, where it is to be */
	_Atomic int exec_error; /* errno of execve, or 0 */
	_Atomic int has_why;
	struct problem why; /* why the child could not be made ready */
};

/** A page to pass to launch_start(), NULL without memory. */
struct launch_page *launch_page_new(void);

/** The file that NAME means, by PATH when it has no slash; freed by the caller.  NULL with
 *  *STATUS (126 or 127) and *WHY when there is none. */
char *launch_find(const char *name, int *status, struct problem *why);

/** Whether every rule can be carried out on a foreign program; those that fill a file system
 *  only where it HAS_WORLD, and then they are world.h's to carry out.  When not, *WHY. */
bool launch_can(const struct rule *rules, size_t count, bool has_world,
	struct problem *why);

/** Starts LAUNCH.  False with *WHY when it cannot be started; nothing is left then.  That
 *  execve failed shows as an end with status 126 or 127, and in PAGE. */
bool launch_start(const struct launch *launch, struct launch_page *page,
	struct launched *out, struct problem *why);

/** The quick way, for launch_start() only: the child shares memory and descriptors with the
 *  caller, which waits until it has become the program (vfork(2)), so that the listener of its
 *  filter is there at once.  Only where RULES are about calls other than execve. */
bool launch_is_quick(const struct launch *launch);
bool launch_quickly(const struct launch *launch, struct launch_page *page,
	const struct rule *supervised, struct launched *out, struct problem *why);

#endif
