/*
 * worker: the state of one worker process: its options, what it found out about the target,
 * and its line of talk to the runner (docs/protocol.md).
 */
#ifndef ASSAY_WORKER_WORKER_H
#define ASSAY_WORKER_WORKER_H

#include "catalog.h"
#include "confine.h"
#include "require.h"

#include <stdbool.h>
#include <stddef.h>

enum {
	PROTOCOL_VERSION = 1,
	REQUEST_MAX = 4096,      /* bytes of one request line */
	ANSWER_MAX = 256 * 1024, /* bytes of one answer line */
};

struct worker {
	int in, out;
	unsigned wanted_isolation;
	bool own_kernel;

	struct confinement confinement;
	struct abilities abilities;

	char request[REQUEST_MAX]; /* what has been read of the requests to come */
	size_t request_used;
	bool input_ended; /* nothing more to read; a `quit` is among the requests */
	bool ended;       /* end of input without one, or told to end */
};

/** Whether worker_read() may be called: the input has not ended, and there is room. */
bool worker_may_read(const struct worker *worker);

/** Reads what there is on worker->in, once poll says there is; sets ended or input_ended at
 *  the end of input.  A request line longer than REQUEST_MAX ends the worker. */
void worker_read(struct worker *worker);

/** The next whole request line into LINE (REQUEST_MAX bytes), without its newline; false
 *  when there is none yet. */
bool worker_next_request(struct worker *worker, char *line);

/** Writes one answer line; a runner that is gone sets ended. */
void worker_answer(struct worker *worker, const char *line);

/** Writes the hello line; the list; an error line (printf format). */
void worker_hello(struct worker *worker);
void worker_list(struct worker *worker);
void worker_error(struct worker *worker, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/** What a `run` asks for. */
struct worker_order {
	const struct catalog_case *which;
	long deadline_ms; /* -1: the case's own */
	char at[128];     /* the one point of a sweep to visit, or "" */
	bool exhaustive;  /* all points of a sweep */
};

/** Runs one case and answers its result. */
void worker_run(struct worker *worker, const struct worker_order *order);

/** Set by SIGTERM, SIGINT and SIGHUP. */
bool worker_is_told_to_end(void);

#endif
