/*
 * failing: a function of the C library under one call of it that fails.  For each occurrence
 * of that call a new process lets exactly this one fail, and the claim is the same four times
 * over: the documented error comes back, nothing is left, nothing crashes, and a second try
 * works.
 */
#ifndef ASSAY_AUTHOR_FAILING_H
#define ASSAY_AUTHOR_FAILING_H

#include <stdbool.h>
#include <stddef.h>

enum {
	FAILING_ANY = -1,             /* wanted: any error */
	FAILING_MAY_SUCCEED = 1 << 0, /* flag: it may have found another way */
	FAILING_EVERY_TIME = 1 << 1,  /* flag: all occurrences fail, in one process */
};

/** One way to fail, an element of a CASE_EACH table. */
struct failing_call {
	const char *name; /* "mmap-enomem" */
	const char *call; /* a family of shared/call.h, or a single call */
	int error;        /* that it fails with */
	/* What the function must then give: an errno, 0 for success in spite of it, or
	 * FAILING_ANY error. */
	int wanted;
	unsigned flags; /* FAILING_MAY_SUCCEED, FAILING_EVERY_TIME */
	const char
		*when; /* NULL, or " if flags&O_CREAT": which of these calls are meant */
};

/** The function under trial.  MAKE calls it and nothing else, and gives 0 or its error.  USE
 *  proves, after a 0, that what was made is right, and does away with it.  REMAINS, unless
 *  NULL, says whether there is something under its name.  PREPARE, unless NULL, runs first in
 *  every process.  OBJECT is FAILING_OBJECT_BYTES for what MAKE hands to
 *  USE. */
struct failing_subject {
	const char *name; /* "sem_open()" */
	int (*make)(void *object);
	void (*use)(void *object);
	bool (*remains)(void);
	void (*prepare)(void);
};
enum { FAILING_OBJECT_BYTES = 256 };

/** Visits every occurrence of HOW's call in SUBJECT's MAKE, up to FAILING_OCCURRENCES.  The
 *  case ends `fail` when at one of them the error is another than wanted, or the process has
 *  another set of descriptors, shared mappings, children or threads than before, something
 *  REMAINS, or the second try fails; `broken` when it fails without any fault, or does not come to its occurrence.
 *  Other files that are left are found by the census of the case.  Notes how each occurrence ended;
 *  a call that is never made is noted as such.  Wants NEED_SUPERVISOR and NEED_PROC. */
#define failing_visit(how, subject) failing_visit_at((how), (subject), __FILE__, __LINE__)
void failing_visit_at(const struct failing_call *how,
	const struct failing_subject *subject, const char *file, int line);
enum { FAILING_OCCURRENCES = 15 };

/** What failing costs in memory: as above, for each element of the table ROWS; but
 *  the claim is another: a MAKE that gave an error, whichever, has lost no block
 *  of memory.  The case ends `fail` when one has, and
 *  `broken` when no try failed.  Notes how many failed.  Wants NEED_MEMCHECK, too. */
#define failing_loses_nothing(rows, subject)                                          \
	failing_loses_nothing_at((rows), sizeof(rows) / sizeof((rows)[0]), (subject), \
		__FILE__, __LINE__)
void failing_loses_nothing_at(const struct failing_call *rows, size_t count,
	const struct failing_subject *subject, const char *file, int line);

#endif
