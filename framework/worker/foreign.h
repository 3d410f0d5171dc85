/*
 * foreign: `assay-worker --foreign`, which runs one foreign program again and again under
 * rules, each time from a fresh start, and says what each run came to.  It judges nothing:
 * the runner compares.  docs/protocol.md, "Foreign programs".
 */
#ifndef ASSAY_WORKER_FOREIGN_H
#define ASSAY_WORKER_FOREIGN_H

#include "launch.h"
#include "world.h"

#include <stdbool.h>
#include <stdint.h>

enum { FOREIGN_SAID_BYTES = 400 };

struct foreign {
	char **argv;
	char *path; /* of the program */
	const char *oracle;
	int limit_ms;
	bool timers; /* the program sets timers that no look at it shows */
	int input;   /* a file that each run reads from its beginning */
	struct launch_page *page;
	struct world world;
};

enum foreign_end { FOREIGN_EXIT, FOREIGN_SIGNAL, FOREIGN_HANG, FOREIGN_LIMIT };

/** What one run came to. */
struct foreign_run {
	enum foreign_end end;
	int status;     /* exit status, or signal */
	char text[400]; /* HANG: who sleeps where */
	uint64_t output_digest;
	long output_bytes;
	char said[FOREIGN_SAID_BYTES + 1]; /* the beginning of standard error */
	bool oracle_was_asked;
	int oracle_status;
	uint64_t seen[LAUNCH_RULES], fired[LAUNCH_RULES]; /* by rule */
	char processes[256]; /* names of those left running, with ", " between */
	struct tree now;     /* what was there at its end; freed by the caller */
	long duration_us;
};

/** The whole of the worker's work; ARGV begins after --foreign.  Returns the exit status. */
int foreign_main(int argc, char **argv);

/** Runs the program once under RULES and brings the world back to its start.  False with *WHY
 *  when the program could not be run, or the world is of no use any more (*IS_OVER). */
bool foreign_run(const struct foreign *foreign, const struct rule *rules, size_t count,
	struct foreign_run *out, bool *is_over, struct problem *why);

#endif
