/*
 * valgrind: a worker under one of valgrind's tools: how it is started, which cases say
 * something there, and what its reports do to a verdict.
 */
#ifndef ASSAY_HOST_VALGRIND_H
#define ASSAY_HOST_VALGRIND_H

#include "catalog.h"
#include "findings.h"
#include "problem.h"
#include "report.h"
#include "result.h"

#include <stdbool.h>

enum {
	/* The worker's end of the reports, and the file of suppressions.  Higher than what a
	 * case closes, so that they are there for a program that it executes, too. */
	VALGRIND_FD = 210,
	VALGRIND_SUPPRESSIONS_FD = 211,
	VALGRIND_HELLO_MS = 60000,
};

/** The tool called NAME (NULL: memcheck), or NULL with *WHY. */
const char *valgrind_tool(const char *name, struct problem *why);

/** Whether valgrind is here and its reports can be read; if not, *WHY names the package. */
bool valgrind_is_available(struct problem *why);

/** The shell words that stand before a worker's command, which has both descriptors.  Freed by
 *  the caller. */
char *valgrind_words(const char *tool);

/** In the child: gives the worker both descriptors, REPORTS being its end of findings_pipe(). */
bool valgrind_place(int reports);

/** Whether the worker that said hello as ABOUT runs under valgrind: one that its command
 *  starts elsewhere does not. */
bool valgrind_holds(const struct report_target *about, struct problem *why);

/** Whether the case C can show TOOL anything. */
bool valgrind_suits(const char *tool, const struct catalog_case *c);

/** Puts what TOOL found while the case of OUTCOME ran into it, and empties FINDINGS (which
 *  may be NULL): a pass becomes a failure at the place of the first error; another verdict
 *  stands.  The reports are added to the output. */
void valgrind_judge(const char *tool, struct findings *findings, struct outcome *outcome);

/** Says in one line what was found, and empties FINDINGS.  NULL when it was nothing.  Freed by
 *  the caller. */
char *valgrind_tell(struct findings *findings);

#endif
