/*
 * inject: one run of any program under rules, as `assay inject` asks for it.  Two processes
 * beside the program's:
 *
 *     front  the process that was started; passes signals on, ends as the program ends
 *     keeper its child, the program's parent: supervises it, and what it leaves running
 *
 * The front may go when the program has ended, although the keeper still answers calls of
 * what the program left in the background.  When the front is killed before, the keeper kills
 * all that descends from it; when the keeper is, the front does.
 */
#ifndef ASSAY_WORKER_INJECT_H
#define ASSAY_WORKER_INJECT_H

#include "launch.h"

#include <stdbool.h>
#include <stddef.h>

struct inject {
	const char *log; /* a path, "-" for standard error, or NULL */
	bool quiet;      /* says nothing of rules that never fired */
	struct rule rules[LAUNCH_RULES];
	size_t count;
	char **argv; /* of the program */
};

/** What the keeper tells the front, by a pipe. */
struct inject_news {
	enum { INJECT_STARTED, INJECT_STOPPED, INJECT_ENDED, INJECT_BROKEN } what;
	int status; /* STARTED: the process; ENDED: of waitpid; BROKEN: an exit status */
};

/** The whole of `assay-worker --inject [--log FILE|-] [-q] RULE... -- CMD [ARG...]`; ARGV
 *  begins after --inject.  Returns the exit status, or ends the process by the signal that
 *  killed the program. */
int inject_main(int argc, char **argv);

/** The keeper's work: starts the program, writes the log to the descriptor LOG (-1: none) and
 *  news to NEWS.  FRONT is a pipe that the front holds open.  MASK is the program's. */
__attribute__((noreturn)) void inject_keep(const struct inject *inject, int log, int news,
	int front, const sigset_t *mask);

#endif
