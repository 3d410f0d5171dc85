/*
 * worker: one worker of a run, from the runner's side: its process, what it has said, and
 * the case that it has.  The schedule decides what it does.
 */
#ifndef ASSAY_HOST_WORKER_H
#define ASSAY_HOST_WORKER_H

#include "conversation.h"
#include "target.h"
#include "verdict.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum worker_state {
	WORKER_ABSENT,   /* not started, or ended */
	WORKER_STARTING, /* has not said hello */
	WORKER_IDLE,
	WORKER_BUSY,    /* has a case */
	WORKER_LEAVING, /* was told to quit */
};

struct worker {
	int number; /* from 1 */
	enum worker_state state;
	struct process process;
	struct conversation talk;
	size_t position;      /* of the case that it has, in the plan */
	int64_t asked_us;     /* when it got the case */
	int64_t due_us;       /* when it must have answered; INT64_MAX for never */
	int64_t patience_us;  /* `waiting` may put off due_us until then */
	bool has_answered;    /* a case before this one */
	size_t answered;      /* its position */
	enum verdict verdict; /* and how it was counted */
};

/** Starts WORKER on TARGET; it is then starting. */
bool worker_start(struct worker *worker, const struct target *target,
	struct problem *why);

/** Ends WORKER at once, with all its processes; it is then absent. */
void worker_kill(struct worker *worker);

/** Says in BUFFER how a worker whose output is at its end has ended, and lets it be no
 *  more than a moment longer. */
void worker_describe_end(struct worker *worker, char *buffer, size_t size);

/** Ends COUNT workers in order: those that were told to quit (.state is WORKER_LEAVING) may
 *  end by themselves for LIMIT_MS; all are absent then. */
void workers_end(struct worker *workers, size_t count, int limit_ms);

#endif
