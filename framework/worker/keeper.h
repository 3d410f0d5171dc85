/*
 * keeper: the first process of a case's namespaces.  It starts the case process, keeps what
 * the case prints, holds the deadline, takes the census, decides the verdict into the
 * ledger, and ends; in a pid namespace everything still alive ends with it.
 */
#ifndef ASSAY_WORKER_KEEPER_H
#define ASSAY_WORKER_KEEPER_H

#include "catalog.h"

enum {
	/* A pipe whose write end only the worker holds: end of file says that it died. */
	LIFELINE_READ_FD = 205,
	LIFELINE_WRITE_FD = 206,
	OUTPUT_FD = 207,
};

struct keeper_order {
	const struct catalog_case *which;
	unsigned isolation;
	long deadline_ms;    /* 0: none */
	int protocol_fds[2]; /* closed first */
};

/** The life of a keeper, called in the child of confine_start().  Never returns. */
void keeper_run(const struct keeper_order *order) __attribute__((noreturn));

#endif
