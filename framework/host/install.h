/*
 * install: where the runner's own files are.  Everything is found from the place of the
 * running program, so that a build tree, an installed tree and a copy of either all work.
 */
#ifndef ASSAY_HOST_INSTALL_H
#define ASSAY_HOST_INSTALL_H

#include "problem.h"

/** The built-in worker: assay-worker beside the program, else ../libexec/assay/ of it.
 *  Returns a path that the caller frees, or NULL when neither can be executed. */
char *install_worker(struct problem *why);

/** The folder of the expectations that come with assay: ../expectations of a build tree,
 *  else ../share/assay/expectations.  Freed by the caller; NULL when there is none. */
char *install_expectations(void);

/** The file in it of what valgrind is not to report, or an empty one; freed by the caller. */
char *install_suppressions(void);

#endif
