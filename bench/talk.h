/*
 * talk: what the programs of the bench share: times, and a worker that is spoken to directly,
 * so that a case is timed from request to answer without the runner.
 */
#ifndef ASSAY_BENCH_TALK_H
#define ASSAY_BENCH_TALK_H

#include <stdio.h>
#include <sys/types.h>

struct worker {
	pid_t pid;
	FILE *requests, *answers;
};

/** Ends the program with status 3, WHAT and errno. */
_Noreturn void end(const char *what);

double now_ms(void);

/** The value below which SHARE of the COUNT values lie; sorts them. */
double quantile(double *values, int count, double share);

/** Starts the worker PATH. */
struct worker worker_start(const char *path);

/** The next answer of TYPE, in a buffer that holds until the next call. */
const char *worker_answer(struct worker *worker, const char *type);

/** Runs the case ID, with options behind it, and gives its result, which must be a pass. */
const char *worker_run(struct worker *worker, const char *id);

/** Lets the worker end, and reaps it. */
void worker_end(struct worker *worker);

/** The number in the note KEY of RESULT. */
double note_number(const char *result, const char *key);

/** How long the case took, without the protocol. */
double duration_ms(const char *result);

#endif
