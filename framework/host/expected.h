/*
 * expected: deviations that are known.  A file has one expectation a line:
 *
 *     ID-or-glob  verdict[,verdict...]  reason and link     # lines like this are comments
 *
 * Parsing and lookup are pure; the runner decides which files apply.
 */
#ifndef ASSAY_HOST_EXPECTED_H
#define ASSAY_HOST_EXPECTED_H

#include "catalog.h"
#include "problem.h"
#include "verdict.h"

#include <stdbool.h>
#include <stddef.h>

enum {
	EXPECTED_FILE_BYTES = 4 << 20,
	EXPECTED_LINE_BYTES = 4096,
};

struct expectation {
	char *pattern;     /* an id or a glob */
	unsigned verdicts; /* 1 << VERDICT_...; pass with others: it changes */
	char *reason;      /* the rest of the line */
	char *file;        /* where it is written */
	int line;
	bool is_demanded; /* the user named the file: it must match a case */
};

struct expectations {
	struct expectation *lines;
	size_t count;
};

/** Adds the lines of TEXT, LENGTH bytes of the file FILE.  False on the first bad line
 *  ("FILE:LINE: reason"): an unknown verdict, a missing verdict or reason, an id twice
 *  in this file, a line too long, bytes that are no UTF-8. */
bool expected_parse(struct expectations *expected, const char *file, const char *text,
	size_t length, struct problem *why);

/** Adds the lines of the file PATH.  With IS_OPTIONAL an absent file adds nothing; otherwise
 *  its lines are demanded. */
bool expected_read(struct expectations *expected, const char *path, bool is_optional,
	struct problem *why);

/** Adds from FOLDER the files that hold for a target of which FACTS are true, COUNT of them,
 *  e.g. "Linux 6.1.0-47", "glibc 2.36", "qemu-user".  A file is named by what must be true:
 *  linux.txt always for that kernel, linux-since-6.15.txt from that version on,
 *  linux-before-6.15.txt up to it, and qemu-user+aarch64.txt for both at once.  False when the
 *  folder cannot be read or a line is bad. */
bool expected_read_folder(struct expectations *expected, const char *folder,
	const char *const *facts, size_t fact_count, struct problem *why);

/** False when a demanded line matches no case of CATALOG. */
bool expected_check(const struct expectations *expected, const struct catalog *catalog,
	struct problem *why);

/** The expectation for the case ID, or NULL.  A line with the very id comes before a glob,
 *  and of equals the one added last counts.  NULL too when that line says only pass: it
 *  takes a more general one back. */
const struct expectation *expected_find(const struct expectations *expected,
	const char *id);

/** Moves the lines of *MORE to the end of *EXPECTED. */
void expected_join(struct expectations *expected, struct expectations *more);

void expected_free(struct expectations *expected);

#endif
