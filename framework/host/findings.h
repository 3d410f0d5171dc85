/*
 * findings: what valgrind reports of the processes of one worker.  All of them write XML into
 * one socket, in small pieces and mixed; the kernel says with each piece who sent it, so that
 * every process has a stream of its own here.  Nothing lies in a file that a case could hide,
 * fill or leave behind.
 */
#ifndef ASSAY_HOST_FINDINGS_H
#define ASSAY_HOST_FINDINGS_H

#include "problem.h"
#include "valgrind_xml.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

enum { FINDINGS_MAX = 50 }; /* kept at a time; the others are counted */

struct findings_stream {
	pid_t pid;
	struct valgrind_xml *xml;
};

struct findings {
	struct finding all[FINDINGS_MAX];
	size_t count, dropped;
	struct findings_stream *streams; /* one for each process that wrote */
	size_t stream_count;
};

/** Makes the two ends of the reports, close-on-exec; false with *WHY. */
bool findings_pipe(int *read_end, int *write_end, struct problem *why);

/** Reads what has come at *FD into *FINDINGS, which is made when it is NULL.  At the end *FD
 *  is closed and -1. */
void findings_read(struct findings **findings, int *fd);

/** All processes that wrote are gone, but for the worker, which is between two cases: what
 *  they did not finish counts, as far as it was told. */
void findings_end(struct findings *findings);

/** Forgets what was found. */
void findings_clear(struct findings *findings);

/** Releases FINDINGS, which may be NULL. */
void findings_free(struct findings *findings);

#endif
