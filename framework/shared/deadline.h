/*
 * deadline: what worker and runner both know of the deadlines of cases (docs/protocol.md).
 */
#ifndef ASSAY_SHARED_DEADLINE_H
#define ASSAY_SHARED_DEADLINE_H

enum {
	DEADLINE_EXHAUSTIVE = 24, /* times its own has a sweep that visits all points */
	/* times its own at most, with the time in which the case had no processor */
	DEADLINE_STARVED = 4,
};

#endif
